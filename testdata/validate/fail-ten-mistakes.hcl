a =
b = 1 +
c = [1, 2
d = "open
e = "\q"
f = upper(1 2)
layer "x" {
  g = 1 g2 = ?
  h == 2
}
i = @
layer "y" {
