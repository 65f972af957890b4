honua {
  version     = "1.0"
  environment = "development"
  log_level   = ""
  cors {
    allowed_origins = ["null", "https://maps.example.org"]
  }
  high_availability {
    enabled = false
  }
}

high_availability {
  enabled = true
  leader_election {
    enabled = true
  }
}

logging {
  level = " "
}

observability {
  tracing {
    enabled  = true
    exporter = "zipkinn"
  }
}

variable "" {
  default = 1
}

variable "db-name" {
  default = "city"
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=db;Application Name=${var.db-name}"
}

data_source "archive" {
  provider   = "postgress"
  connection = "Host=archive;Database=city"
}

data_source "one" {
  provider   = "sqlserver"
  connection = "Server=mssql;Database=city"
}

data_source "two" {
  provider   = "sqlserver"
  connection = "Server=other;Database=city"
}

data_source "replica" {
  provider   = "sqlserver"
  connection = "Server=replica;Database=city"
  read_only  = true
}

service "ogc_api" {
  base_path = "/"
}

service "carto" {
  enabled = true
}

layer "2nd" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.ogc_api, service.carto]
  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 54009
  }
}

import "more.hcl" {
}

# Taken away and then given is given once.
service "wms" {
  max_width = null
  settings = { max_width = 300 }
}

service "stac" {
  type     = null
  settings = { type = "wfs" }
}

service "odata" {
  max_page_size     = data_source.pooled.pool.min_size
  max_top           = data_source.pooled.pool.nope
  default_page_size = data_source.db.pool.nope
}

variable "pool" {
  default = { max_size = 5 }
}

data_source "pooled" {
  provider   = "sqlserver"
  connection = "Server=.;AttachDbFilename=|DataDirectory|maps.mdf;Maximum Pool Size=400"
  pool       = var.pool
}
