a = <<-EOT
    x ${1 + 1}
      y
    %{ for v in l ~}
    ${v}
    %{ endfor ~}
  EOT
