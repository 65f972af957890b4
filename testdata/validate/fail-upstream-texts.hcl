honua {
  version     = "1.0"
  environment = "${env:ENVIRONMENT}"
}

variable "schema" = "public"
variable "old"    = "archive"

data_source "places" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

data_source "plans" {
  provider   = "sqlite"
  connection = "Data Source=${env("DIRECTORY")}/plans.db"
}

data_source "old" {
  provider   = "sqlite"
  connection = "Data Source=/srv/var.old.db"

  health_check = env("QUERY")
}

service "ogc_api" {
  max_page_size = "${env:PAGE}"

  title       = "Caf\u00e9 ${1 + 1} $${x}"
  description = env("DESCRIPTION")
}

layer "harbours" {
  title       = "Harbours"
  data_source = data_source.places
  table       = "${var.schema}.harbours"
  id_field    = "id"
  services    = [service.ogc_api]
}
