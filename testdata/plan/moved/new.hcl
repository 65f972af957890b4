data_source "city" {
  provider   = "sqlite"
  connection = "Data Source=city.db"
}

service "ogc_api" {
}

layer "waters" {
  title       = "Lakes"
  data_source = data_source.city
  table       = "lakes"
  id_field    = "id"
  services    = [service.ogc_api]

  fields {
    label { type = "text" }
  }
}
