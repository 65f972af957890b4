# a
// b
/* c
 */ d = 1 # e
f = { # g
  h = 1 // i
}
