data_source "db" {
  provider   = "sqlite"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

layer "stations" {
  title             = "Stations"
  data_source       = data_source.db
  table             = "stations"
  id_field          = "id"
  introspect_fields = false
  fields = {
    "id" = {
      type     = "int" # as long as they fit
      nullable = false
    },
    # The office's.
    "height" = {
      type = "double"
    },
    "lanes" = {
      type = "long"
    },
    "taken" = {
      type = "datetime"
    }
    # left out: `secret`, since nobody may see it
  }
  services = [service.odata]
}

layer "readings" {
  title             = "Readings"
  data_source       = data_source.db
  table             = "readings"
  id_field          = "id"
  introspect_fields = false
  fields {
    id {
      type     = "long"
      nullable = false
    }
  }
  services = [service.odata]
}
