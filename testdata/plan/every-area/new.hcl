honua {
  version     = "1.0"
  environment = "production"

  cors {
    allowed_origins = ["*"]
  }
}

data_source "city" {
  provider   = "postgresql"
  connection = env("CITY_DB")

  pool {
    max_size = 5
  }
}

service "wms" {
  max_width = 2048
}

service "wmts" {
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "roads_2026"
  id_field    = "id"
  services    = [service.wms, service.wmts]
}
