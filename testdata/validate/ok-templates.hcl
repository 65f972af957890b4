motto = <<-EOT
  On ${upper("deck")} there is room for %{ if true }everybody%{ else }nobody%{ endif }.
  EOT
list  = "%{ for name in ["a", "b"] ~} ${name} %{ endfor ~}"
map   = { for key, value in { one = 1, two = 2 } : key => value * 2 }
big   = 123456789012345678901234567890
exact = 0.1 + 0.2 == 0.3
