data_source "a|b" {
  provider   = "sqlite"
  connection = "Data Source=<y>.db"
}

service "ogc_api" {
}

layer "a <b>&amp;" {
  title       = "two | one `three` ]]> %25"
  data_source = "a|b"
  table       = "t"
  id_field    = "`|<id>"
  services    = ["ogc_api"]
}

layer "größe \"x\"" {
  title       = "::error::"
  data_source = "a|b"
  table       = "ü\n\u001b[31mred"
  id_field    = "`|<id>"
  services    = ["ogc_api"]
}
