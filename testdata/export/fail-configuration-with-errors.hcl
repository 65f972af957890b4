honua {
  version     = "1.0"
  environment = "development"

  high_availability {
    leader_election {
      lease_duration_seconds = 3
    }
  }
}
