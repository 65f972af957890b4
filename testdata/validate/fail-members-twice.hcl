honua {
  version     = "1.0"
  environment = "development"
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

layer "roads" {
  title             = "Roads"
  data_source       = data_source.db
  table             = "roads"
  id_field          = "id"
  services          = [service.odata]
  introspect_fields = false
  fields {
    id {
      type = "int"
    }
    id {
      type = "string"
    }
    name {
      type = "string"
    }
    name = { type = "text" }
  }
}

layer "parks" {
  title             = "Parks"
  data_source       = data_source.db
  table             = "parks"
  id_field          = "id"
  services          = [service.odata]
  introspect_fields = false
  fields            = [{ name = "id", type = "int" }, { name = "id", type = "string" }, { type = "int" }, "id"]
}

layer "trees" {
  title             = "Trees"
  data_source       = data_source.db
  table             = "trees"
  id_field          = "id"
  services          = [service.odata, null]
  introspect_fields = false
  fields {
    id {
      type = "int"
    }
  }
  fields {
    name {
      type = "string"
    }
  }
}

rate_limit {
  rules "default" {
    requests = 5
    window   = "1m"
  }
  rules "default" {
    requests = 9
    window   = "1m"
  }
  rules {
    strict {
      requests = 1
      window   = "1m"
    }
    default {
      requests = 7
      window   = "1m"
    }
  }
}
