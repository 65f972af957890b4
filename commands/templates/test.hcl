# For automated tests: a database in memory that each run fills, any origin, everything in the log.

honua {
  version     = "1.0"
  environment = "test"
  log_level   = "debug"

  cors {
    allow_any_origin = true
  }
}

service "ogc_api" {
  enabled       = true
  max_page_size = 100
}

# --- data

data_source "db" {
  provider   = "sqlite"
  connection = "Data Source=:memory:"
}

layer "fixtures" {
  title         = "Fixtures"
  data_source   = data_source.db
  table         = "fixtures"
  id_field      = "id"
  display_field = "name"
  geometry {
    column = "geom"
    type   = "Point"
    srid   = 4326
  }
  services = [service.ogc_api]
}
