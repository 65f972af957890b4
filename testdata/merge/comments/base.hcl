# Head.

# About a.
a = 1 # one

# Between.

# About b.
b = 2
# Last.
