a = false && nosuch
b = nosuch || true
c = u && false
