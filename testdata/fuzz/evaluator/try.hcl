a = try(var.nosuch, l[9], "x")
b = can(1 / 0)
c = try()
