a = True
b = 'single'
c = "./var.b/x"
d { e = 1 f = 2 }
