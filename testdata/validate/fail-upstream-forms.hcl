honua {
  version     = "1.0"
  environment = "development"
  log_level   = null

  cors {
    allowed_origins = [for name in ["maps", "plans"] : "https://${name}.example.org"]
  }
}

variable "size" {
  default = 20
}

data_source places {
  provider   = "postgresql"
  connection = "${env:DATABASE_URL}"

  pool = {
    max_size : 2 * 10
    min_size = (1)
    timeout  = var.size
  }
}

service "ogc_api" {
  enabled        = true
  max_page_size  = 1000
  additional_crs = [lower("EPSG:25832")]
  "title"        = "Harbours"
}

service "geoservices_rest" {
  version = 10.81
}

layer "harbours" {
  title       = "Harbours"
  data_source = data_source["places"]
  table       = "public.harbours"
  id_field    = "id"
  description = <<-EOT
    All harbours.
  EOT

  geometry = { column = "geom", type = "Point", srid = 4326 }

  introspect_fields = false
  fields {
    id      = { type = "int" }
    geom    = { type = "geometry" }
    "name"  = { type = "string" }
    depth-m = { type = "double" }
  }

  services = [service.ogc_api, service.geoservices_rest]
}
