a = true ? [1] : ["x"]
b = u ? { a = 1 } : { b = "s" }
c = false ? 1 : true ? 2 : 3
