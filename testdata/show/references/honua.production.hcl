data_source "primary" {
  pool = { max_size = null }
}

rate_limit {
  rules "a" {
    window = "2m"
  }
  rules {
    b = null
  }
}

service "ogc_api" {
  limit = 6
}

service "wms" {
  settings = { max_width = 800 }
}

service "csw" {
  max_records = null
}
