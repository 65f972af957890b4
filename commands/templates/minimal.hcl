# The least that serves something: one file of SQLite, one layer, one service.

honua {
  version     = "1.0"
  environment = "development"
  log_level   = "information"

  cors {
    allow_any_origin = true
  }
}

service "ogc_api" {
  enabled = true
}

# --- data

data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=./dev.db"
}

layer "places" {
  title         = "Places"
  data_source   = data_source.db
  table         = "places"
  id_field      = "id"
  display_field = "name"
  geometry {
    column = "geom"
    type   = "Point"
    srid   = 4326
  }
  services = [service.ogc_api]
}
