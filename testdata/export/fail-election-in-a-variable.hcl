honua {
  version     = "1.0"
  environment = "development"
}

variable "background_jobs" {
  default = {
    mode             = "Polling"
    polling_interval = "00:00:05"

    leader_election = {
      provider                 = "Redis"
      resource_name            = "city-jobs"
      lease_duration_seconds   = 900
      renewal_interval_seconds = 10
    }
  }
}
