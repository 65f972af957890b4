a = <<EOT
  x ${b}
 EOT
c = <<-E
    y
      z %{ if d ~}
  w
%{ endif }
  E
