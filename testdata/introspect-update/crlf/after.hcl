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
  id_field          = "id"
  introspect_fields = false
  fields {
    id {
      type = "long"
    }
    name {
      type = "string"
    }
  }
  services = [service.odata]
}

# honua: the table "paths" is not in the database
layer "paths" {
  title       = "Paths"
  data_source = data_source.db
  table       = "paths"
  id_field    = "id"
  services    = [service.odata]
}

layer "lakes" {
  title       = "Lakes"
  data_source = data_source.db
  table       = "lakes"
  id_field    = "id"
  services    = [service.odata]
}
