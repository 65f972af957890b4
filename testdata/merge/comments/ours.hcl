# Head.
# Ours.

# About a, by ours.
a = 1 # one, by ours

# Between.

# About b.
b = 3
