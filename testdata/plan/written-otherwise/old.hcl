variable "title" {
  default = "Roads"
}

layer "roads" {
  title             = var.title
  data_source       = "city"
  table             = "roads"
  id_field          = "id"
  introspect_fields = true
  services          = ["wms", "wfs"]
}

service "wms" {
}

service "wfs" {
}

data_source "city" {
  provider   = "sqlite"
  connection = "Data Source=city.db"
}
