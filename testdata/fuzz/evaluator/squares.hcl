a = [for i in range(9) : pow(10, pow(10, i))]
b = parseint("zz", 36)
