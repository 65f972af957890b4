third = [1, 2][2]
owner = { name = "Harbour office" }.nmae
each  = [for part in 5 : part]
