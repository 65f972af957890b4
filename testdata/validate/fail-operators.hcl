both   = a && b & c
same   = a === b
power  = 2 ** 10
choice = enabled ? "yes"
