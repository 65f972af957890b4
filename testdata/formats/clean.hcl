data_source "db" {
  provider   = "duckdb"
  connection = "roads.duckdb"
}

service "ogc_api" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  geometry {
    column = "shape"
    type   = "LineString"
    srid   = 4326
  }
  services = [service.ogc_api]
}
