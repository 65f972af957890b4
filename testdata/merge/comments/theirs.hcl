# Head.

# About a.
# And more, by theirs.
a = 1 # one, by theirs

# Between, too.

# About b.
b = 2
# Last.
# Very last.
