title = "Harbours
table =
