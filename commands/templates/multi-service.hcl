# One database behind many protocols: features for programs, maps for browsers, tables for spreadsheets.

honua {
  version     = "1.0"
  environment = "staging"
  log_level   = "information"

  cors {
    allow_any_origin = false
    allowed_origins  = ["https://maps.example.org"]
  }
}

service "ogc_api" {
  enabled       = true
  conformance   = ["core", "geojson", "crs"]
  max_page_size = 1000
}

service "wfs" {
  enabled      = true
  version      = "2.0.0"
  max_features = 10000
}

service "wms" {
  enabled = true
  version = "1.3.0"
}

service "odata" {
  enabled           = true
  default_page_size = 100
  max_page_size     = 1000
}

service "geoservices_rest" {
  enabled          = true
  max_record_count = 2000
}

# --- data

data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = "SELECT 1"

  pool {
    min_size = 5
    max_size = 20
  }
}

layer "parcels" {
  title         = "Parcels"
  data_source   = data_source.db
  table         = "public.parcels"
  id_field      = "id"
  display_field = "number"
  geometry {
    column = "geom"
    type   = "Polygon"
    srid   = 4326
  }
  services = [service.ogc_api, service.wfs, service.wms, service.odata, service.geoservices_rest]
}

layer "addresses" {
  title         = "Addresses"
  data_source   = data_source.db
  table         = "public.addresses"
  id_field      = "id"
  display_field = "street"
  geometry {
    column = "geom"
    type   = "Point"
    srid   = 4326
  }
  services = [service.ogc_api, service.wfs, service.odata]
}
