honua {
  version     = "1.0"
  environment = "development"
}

data_source "gis" {
  provider   = "postgresql"
  connection = "Host=db;Database=gis;Username=me;Password=hunter2"
}

data_source "other" {
  provider   = "postgresql"
  connection = env("OTHER_URL", "Host=db;Password=hunter2")
}

cache "redis" {
  type       = "redis"
  connection = "redis:6379,password=${var.redis_password}"
}

variable "redis_password" {
  default = "hunter2"
}
