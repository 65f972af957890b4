# The same, in another order.
data_source "city" {
  connection = "Data Source=city.db"
  provider   = "sqlite"
}

service "wfs" {
}

service "wms" {
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "roads"
  id_field    = "id"
  services    = [service.wfs, service.wms]
}
