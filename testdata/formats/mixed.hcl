# Errors, warnings and notes: with labels, with help, about security, and near a secret.
honua {
  version     = "1.0"
  environment = "${env:STAGE}"
  cors {
    enabled           = True
    allowed_origins   = ["*"]
    allow_credentials = true
  }
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=db;Username=gis;Password=hunter2-hunter2"
}

service ogc_api {
  enabled   = true
  enabled   = true
  page_size = 10
}

layer "roads" {
  data_source = data_source.bd
  table       = "roads"
  geometry {
    column = "shape"
    type   = "LineString"
    srid   = 31467
  }
  services = ["ogc_api"]
}
