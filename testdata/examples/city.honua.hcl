# Map services of the city: parcels, streets and hydrants from PostGIS, zoning
# from a file, behind four protocols. `scripts/demo` validates this file.

honua {
  version     = "1.0"
  environment = "production"
  log_level   = var.verbose ? "debug" : "information"

  allowed_hosts = ["maps.city.example"]

  security {
    require_https = true
    hsts_enabled  = true
  }

  cors {
    allow_any_origin  = false
    allowed_origins   = ["https://maps.city.example", "https://planning.city.example"]
    allow_credentials = true
    max_age           = 2 * 60 * 60 // seconds: browsers keep the answer for two hours
  }
}

variable "verbose" {
  default = false
}

variable "schema" {
  description = "Where the survey office keeps its tables"
  default     = "gis"
}

variable "pool" {
  default = {
    min_size = 5
    max_size = 40
  }
}

# --- data

data_source "survey" {
  provider     = "postgresql"
  connection   = env("SURVEY_DATABASE_URL")
  health_check = "SELECT 1"

  pool {
    min_size = var.pool.min_size
    max_size = var.pool.max_size
    timeout  = 30
  }
}

data_source "planning" {
  provider     = "sqlite"
  connection   = "Data Source=${env("PLANNING_DIRECTORY", "/var/lib/honua")}/planning.gpkg"
  health_check = "SELECT 1"
}

cache "redis" {
  type        = "redis"
  enabled     = true
  connection  = env("REDIS_URL")
  prefix      = "city:"
  ttl         = 3600
  required_in = ["production"]
}

# --- services

service "ogc_api" {
  enabled     = true
  title       = "Geodata of the city"
  conformance = ["core", "geojson", "crs"]

  default_crs    = "EPSG:4326"
  additional_crs = ["EPSG:25832"]
  max_page_size  = 1000
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

# --- layers

layer "parcels" {
  title         = "Parcels"
  data_source   = data_source.survey
  table         = "${var.schema}.parcel"
  id_field      = "gid"
  display_field = "parcel_number"

  description = <<-EOT
    Parcels of the land register, updated nightly.
    Boundaries are those of the survey office; areas are in square metres.
  EOT

  geometry {
    column = "geom"
    type   = "MultiPolygon"
    srid   = 25832
  }

  introspect_fields = false

  fields {
    gid           = { type = "int", nullable = false }
    geom          = { type = "geometry", nullable = false }
    parcel_number = { type = "string", nullable = false }
    area_m2       = { type = "double", nullable = true }
    registered_at = { type = "datetime", nullable = true }
  }

  services = [service.ogc_api, service.wfs, service.wms]
}

layer "streets" {
  title             = "Streets"
  data_source       = data_source.survey
  table             = "${var.schema}.street"
  id_field          = "gid"
  display_field     = "name"
  introspect_fields = true

  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 25832
  }

  services = [service.ogc_api, service.wfs, service.wms]
}

layer "hydrants" {
  title             = "Hydrants"
  data_source       = data_source.survey
  table             = "${var.schema}.hydrant"
  id_field          = "gid"
  introspect_fields = true

  geometry {
    column = "geom"
    type   = "Point"
    srid   = 25832
  }

  services = [service.odata]
}

layer "zoning" {
  title             = "Zoning plan"
  data_source       = data_source.planning
  table             = "zoning"
  id_field          = "fid"
  introspect_fields = true

  geometry {
    column = "geom"
    type   = "Polygon"
    srid   = 4326
  }

  services = [service.geoservices_rest]
}

rate_limit {
  enabled = true
  store   = "redis"

  rules {
    default       = { requests = 1000, window = "1m" }
    authenticated = { requests = 5000, window = "1m" }
  }
}
