honua {
  version   = 1.0
  log_level = var.level
  colour    = "red"
}

variable "kind" {
  default = "wfs"
}

service "features" {
  type         = var.kind
  max_features = 5 * 100
}

layer "roads" {
  title       = "Roads
  data_source = "db"
}

layer "rails" {
  title       = upper("rails")
  data_source = data_source.nosuch
  services    = [service.features, "wms"]
}
