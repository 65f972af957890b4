a = [1, 2
b = "c
d {
  e = 
  f = "${g"
}
h i
j = <<K L
k = 1 & 2;
}
