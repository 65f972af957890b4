honua {
  version     = "1.0"
  environment = "staging"

  high_availability {
    enabled = true

    leader_election {
      resource_name            = "city-maps"
      lease_duration_seconds   = 60
      renewal_interval_seconds = 20
      key_prefix               = "city:leader:"
      enable_detailed_logging  = true
    }
  }
}

cache "redis" {
  type       = "redis"
  connection = "redis-1.internal:6379,redis-2.internal:6379,ssl=true"
}
