a = { for i, v in ["a", "a"] : v => i... }
b = { for v in s : v => v }
c = { for v in [1, 1] : v => v }
