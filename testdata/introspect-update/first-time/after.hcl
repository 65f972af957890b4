honua {
  version     = "1.0"
  environment = "development"
}

data_source "city" {
  provider   = "sqlite"
  connection = env("CITY")
}

service "odata" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "roads"
  id_field    = "id"
  services    = [service.odata]
}
