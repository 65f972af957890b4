width     = 2 + "two"
ratio     = 0 / 0
mode      = "maybe" ? 1 : 2
result    = true ? [1] : { a = 1 }
greeting  = "bounds: ${[1, 2]}"
