variable "database_url" {
  default = env("SECRET_URL")
}

variable "db_password" {
  default = "hunter2"
}

data_source "direct" {
  provider   = "postgresql"
  connection = env("SECRET_URL")
}

data_source "template" {
  provider   = "postgresql"
  connection = "${env:SECRET_URL}"
}

data_source "composed" {
  provider   = "postgresql"
  connection = "Host=${env("SECRET_HOST")};Password=${env("SECRET_PASSWORD")}"
}

data_source "variable" {
  provider   = "postgresql"
  connection = var.database_url
}

data_source "literal" {
  provider   = "postgresql"
  connection = "postgresql://gis:hunter2@db/maps"

  pool {
    max_size = env("SECRET_SIZE")
  }
}

data_source "unset" {
  provider   = "postgresql"
  connection = env("UNSET_URL")
  read_only  = env("UNSET_FLAG") == "yes"
}

data_source "fallback" {
  provider   = "postgresql"
  connection = env("UNSET_URL", "Host=localhost")
}

attachment_storage "files" {
  provider = "s3"

  s3 {
    bucket_name       = "files"
    access_key_id     = "AKIAEXAMPLE"
    secret_access_key = "hunter2"
  }
}

service "wfs" {
  settings = jsondecode(env("SECRET_JSON"))
}

honua {
  allowed_hosts = split(",", env("SECRET_HOST"))

  plugins {
    paths = [env("SECRET_HOST"), "plugins"]
  }
}
