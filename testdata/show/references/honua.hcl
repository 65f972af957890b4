# References read what the same address is shown to be.
honua {
  version     = "1.0"
  environment = "development"
}

data_source "primary" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
  pool {
    min_size = 3
    max_size = 9
  }
}

data_source "archive" {
  provider   = "postgresql"
  connection = env("ARCHIVE_URL")
  pool       = { max_size = 7 }
}

data_source "plain" {
  provider   = "postgresql"
  connection = env("PLAIN_URL")
}

service "ogc_api" {
  settings {
    limit = 5
  }
}

service "odata" {
  max_page_size = service.ogc_api.limit # the overlay's
  max_top       = service.ogc_api.max_limit # a default
}

service "wfs" {
  max_features = data_source.primary.pool.max_size # null in the overlay: the default
  default_count = data_source.primary.pool.min_size # kept under the overlay
}

service "wms" {
  max_width  = data_source.archive.pool.max_size
  max_height = data_source.archive.pool.timeout # a default
}

service "wmts" {
  tile_size = data_source.plain.pool.timeout # nobody writes a pool
  cache_ttl = service.wms.max_width # in the overlay's `settings`
}

rate_limit {
  rules {
    a = { requests = 1 }
    b = { requests = 5 }
  }
}

service "csw" {
  settings = { max_records = 7 }
}

service "stac" {
  limit     = service.csw.max_records # taken away by the overlay: the default
  max_limit = service.csw.settings.max_records
}

variable "computed" {
  default = { max_dpi = 200 }
}

service "print" {
  settings = var.computed
}

service "carto" {
  max_query_time = service.print.max_dpi # what is in there only evaluating tells
}
