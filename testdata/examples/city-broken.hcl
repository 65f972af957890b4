# The city's configuration on a bad day: mistakes of many kinds, all of which
# one run of `honua validate` finds, each at its place and none twice.

honua {
  version     = "1.0"
  environment = "production
  log_level   = "information"

  cors {
    allow_any_origin = false
    allowed_origins  = ["https://maps.city.example" "https://planning.city.example"]
    max_age          = 2 * 60 *
  }
}

data_source "survey" {
  provider   = "postgresql"
  connection = env("SURVEY_DATABASE_URL"
}

data_source "planning"
{
  provider = "sqlite"
}

service "ogc_api" {
  enabled   = true
  page_size = 1.0.0
  enabled   = false
}

layer "parcels" {
  title       = "Parcels \d"
  data_source = data_source."survey"
  table       = "${var.schema.parcel"

  geometry {
    column = geom geom
    srid   = 25832;
  }

  fields {
    gid  = { type = "int" nullable = false }
    area = { type => "double" }
  }

  keywords = [for word : ["street", "road"] : upper(word)]
  services = [service.ogc_api, , service.wfs]
}
