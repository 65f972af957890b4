abstract = <<EOT
  Harbours and
  anchorages
 EOTS
