data_source "db" {
  provider   = "sqlite"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

layer "roads" {
  title             = "Roads"
  data_source       = data_source.db
  table             = "roads"
  id_field          = "gid"
  introspect_fields = false
  fields {
    id {
      type = "long"
    }
  }
  services = [service.odata]
}

layer "paths" {
  title       = "Paths"
  data_source = data_source.db
  table       = "paths"
  id_field    = "id"
  services    = [service.odata]
}
