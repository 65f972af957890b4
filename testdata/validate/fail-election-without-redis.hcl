honua {
  version     = "1.0"
  environment = "development"
  high_availability {
    leader_election {
      enabled = true
    }
  }
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.odata]
}
