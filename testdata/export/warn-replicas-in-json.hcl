honua {
  version     = "1.0"
  environment = "staging"
  log_level   = "warning"

  high_availability {
    enabled = true

    leader_election {
      enabled       = true
      resource_name = "city-maps"
    }
  }
}

data_source "gis" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")

  pool {
    max_size = 20
  }
}

data_source "replica" {
  provider            = "postgresql"
  connection          = "Host=replica;Database=gis;Username=reader;Password=${env("REPLICA_PASSWORD")}"
  read_only           = true
  max_replication_lag = 30
}

data_source "archive-1999" {
  provider   = "sqlite"
  connection = "Data Source=/srv/old maps.db"
}

data_source "tiles" {
  provider   = "sqlite"
  connection = "Data Source=/srv/tiles.db"
}

cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL")
  prefix     = "city:"

  settings = {
    connect_timeout = 2000
  }
}

cache "memory" {
  enabled = true
}

rate_limit {
  store = "redis"

  rules = {
    default = { requests = 100, window = "1m" }
  }
}
