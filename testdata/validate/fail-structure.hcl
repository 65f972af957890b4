# What decoding finds: names, types and references.
honua {
  version   = "1.0"
  log_level = var.nosuch
  environment = local.name
}

honua {
  allowed_hosts = []
}

variable "one" {
  default = var.two
}

variable "two" {
  default = var.one
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
  pool {
    max_size = 2.5
  }
}

data_source "DB" {
  provider   = "sqlite"
  connection = env("SECOND_URL")
}

service "wfs" {
  max_features = 100
  settings = {
    max_features = 200
  }
}

layer "roads" {
  titel       = "Roads"
  title       = 5
  data_source = service.wfs
  table       = layer.nosuch.table
  id_field    = var.one
  services    = ["wfs"]
}

layers "typo" {
}

cache {
  type = "redis"
}
