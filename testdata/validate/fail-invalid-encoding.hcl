title = "Harbours"
owner = "Société"
