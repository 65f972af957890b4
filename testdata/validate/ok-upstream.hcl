# What the server at hand reads, as it reads it.
honua {
  version     = "1.0"
  environment = "development"
  cors = {
    allow_any_origin = false
    allowed_origins  = ["https://maps.example.org", "https://plans.example.org"]
  }
}

data_source "places" {
  provider   = "postgresql"
  connection = "${env:DATABASE_URL}"
}

service "ogc_api" {
  enabled       = true
  max_page_size = 1000
}

layer "harbours" {
  title       = "Harbours"
  data_source = data_source.places
  table       = "public.harbours"
  id_field    = "id"

  geometry = {
    column = "geom"
    type   = "Point"
    srid   = 4326
  }

  services = ["ogc_api"]
}
