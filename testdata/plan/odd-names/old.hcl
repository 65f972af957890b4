data_source "a|b" {
  provider   = "sqlite"
  connection = "Data Source=<x>.db"
}

service "ogc_api" {
}

layer "a <b>&amp;" {
  title       = "one | two `three` ]]> %25"
  data_source = "a|b"
  table       = "t"
  id_field    = "id"
  services    = ["ogc_api"]
}

layer "größe \"x\"" {
  title       = "::error::"
  data_source = "a|b"
  table       = "ü\n\u001b[31mred"
  id_field    = "id"
  services    = ["ogc_api"]
}
