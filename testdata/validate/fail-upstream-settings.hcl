honua {
  version     = "1.0"
  environment = "development"
  instances   = 1

  high_availability {
    enabled = false
  }

  cors = {
    allowed_origins = ["https://maps.example.org"]
    max_age         = 600
  }
}

logging {
  level = "information"
}

data_source "places" {
  provider   = "postgresql"
  connection = "${env:DATABASE_URL}"
  retry {
    max_attempts = 3
  }
}

cache "redis" {
  type       = "redis"
  connection = "${env:REDIS_URL}"
  prefix     = "maps:"
  ttl        = 600
}

service "ogc_api" {
  settings = { max_page_size = 1000 }
}

layer "harbours" {
  title       = "Harbours"
  data_source = data_source.places
  table       = "public.harbours"
  id_field    = "id"
  services    = [service.ogc_api]

  permissions {
    allow_anonymous_read = true
  }
}
