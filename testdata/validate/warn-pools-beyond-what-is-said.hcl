honua {
  version     = "1.0"
  environment = "development"
}

data_source "one" {
  provider   = "mysql"
  connection = "Server=one;Database=city"
  pool {
    max_size = 20
  }
}

data_source "two" {
  provider   = "sqlserver"
  connection = "Server=two;Database=city"
  pool {
    max_size = 20
  }
}

data_source "three" {
  provider   = "postgresql"
  connection = "Host=three;Database=city"
  pool {
    max_size = 40
  }
}

service "odata" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.one
  table       = "roads"
  id_field    = "id"
  services    = [service.odata]
}

layer "parks" {
  title       = "Parks"
  data_source = data_source.two
  table       = "parks"
  id_field    = "id"
  services    = [service.odata]
}

layer "trees" {
  title       = "Trees"
  data_source = data_source.three
  table       = "trees"
  id_field    = "id"
  services    = [service.odata]
}
