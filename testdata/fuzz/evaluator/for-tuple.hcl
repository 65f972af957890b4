a = [for k, v in m : "${k}${v}" if v > 0]
b = [for v in l : [for w in [v] : upper(w)]]
