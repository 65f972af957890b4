a { b = 2 c = 3 }
c = 1
