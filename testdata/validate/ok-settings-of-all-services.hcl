honua {
  version     = "1.0"
  environment = "development"
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=db;Database=city"
}

# These the server's metadata reads of services of any type.
service "wfs" {
  max_page_size = 500
  default_crs   = "EPSG:3857"
}

service "wms" {
  settings = {
    max_page_size = 500
    default_crs   = "EPSG:3857"
  }
}

service "geometry" {
  allowed_srids          = [4326, 3857]
  enable_gdal_operations = true
}

# A default is compared with the name that is written, not with its twins.
service "ogc_api" {
  limit     = 50
  max_limit = 80
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.wfs, service.wms, service.ogc_api]
  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4326
  }
}
