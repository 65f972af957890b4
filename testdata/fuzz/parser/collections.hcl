a = [1, "b", { c = 1, "d" = 2, (e) : 3 }]
f = {
  g = 1
  h = [
    2,
  ]
}
i = [for k, v in f : v if k]
j = {for v in f : v => k... if v}
