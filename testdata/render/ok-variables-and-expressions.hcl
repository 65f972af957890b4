honua {
  version       = "1.0"
  environment   = "staging"
  log_level     = var.verbose ? "debug" : "information"
  allowed_hosts = [for name in ["maps", "plans", "addresses", "parcels"] : "${name}.example.org"]
}

variable "verbose" {
  default = true
}

variable "user" = "gis"

variable "connection" {
  default = "Host=db;Username=${var.user};Password=${env("DB_PASSWORD")}"
}

data_source "gis" {
  provider     = "postgresql"
  connection   = var.connection
  health_check = "SELECT \"id\" FROM places LIMIT 1"

  pool {
    min_size = 1
    max_size = 2 * 10
  }
}

data_source "plans" {
  provider   = "sqlite"
  connection = <<-EOT
    Data Source=${env.DIRECTORY}/plans.db
  EOT
}

cache "redis" {
  connection  = "${env:REDIS_URL}"
  required_in = ["staging"]
}

service "ogc_api" {
  page_sizes    = null
  settings      = { title = "Places" }
  max_page_size = max(100, 1000)
}

layer "places" {
  title       = upper("places")
  data_source = data_source["gis"]
  table       = "public.places"
  id_field    = "id"

  introspect_fields = false
  fields = [
    { name = "id", type = "int", nullable = false },
    { name = "title", type = "string" },
  ]

  services = [service.ogc_api]
}

rate_limit {
  store = cache.redis.enabled ? "redis" : "memory"
  rules "default" {
    requests = 1000
    window   = "1m"
  }
  rules "authenticated" {
    requests = 5000
    window   = "1m"
  }
}
