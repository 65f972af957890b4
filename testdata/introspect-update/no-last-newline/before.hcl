data_source "db" {
  provider   = "sqlite"
  connection = env("DATABASE_URL")
}

service "wfs" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.wfs]
}
# That is all.