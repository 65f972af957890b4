title = "Harbours" "Piers"
}
bounds = [1, 2]]
