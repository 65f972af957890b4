a = t + 1
b = "x${t}"
c = { (t) = 1, (t) = 2 }
d = [1][t]
e = nonsensitive(t)
f = env("TOKEN") * 2
