honua {
  version     = "1.0"
  environment = "development"

  cors {
    allowed_origins = [env("ORIGIN")]
    max_age         = 600
  }

  high_availability {
    enabled = false
  }
}

logging {
  level = "information"
}

data_source "gis" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")

  retry {
    max_attempts = 3
  }
}

service "ogc_api" {
  enabled        = true
  enable_caching = env("CACHING")
  title          = trimspace(env("TITLE"))
  max_page_size  = 1000
  default_crs    = env("SYSTEM") == "wgs84" ? "EPSG:4326" : "EPSG:25832"
  additional_crs = ["EPSG:3857"]
}

service "geoservices_rest" {
  version = 10.81
}

layer "places" {
  title       = "Places"
  description = "Written in $${braces}"
  data_source = data_source.gis
  table       = "public.places"
  id_field    = "id"
  services    = [service.ogc_api, service.geoservices_rest]

  introspect_fields = false
  fields {
    id       = { type = "int" }
    height-m = { type = "double" }
  }

  cache {
    enabled = true
  }
}
