# A tide atlas: almost everybody reads, so one writable database feeds three
# copies. Requests that only read are spread over the copies.

honua {
  version     = "1.0"
  environment = "production"
  log_level   = "information"
}

# All changes go here.
data_source "tides" {
  provider   = "postgresql"
  connection = "${env:TIDES_WRITER}"

  # Asked whenever the server wants to know whether the database lives
  health_check = "SELECT 1"

  # The writer keeps the largest pool
  pool {
    min_size = 4
    max_size = 40
    timeout  = 20
  }

  # Not a copy
  read_only = false
}

# The copy in the same rack
data_source "tides_copy_a" {
  provider   = "postgresql"
  connection = "${env:TIDES_COPY_A}"

  health_check = "SELECT 1"

  pool {
    min_size = 3
    max_size = 15
    timeout  = 20
  }

  read_only = true

  # Left out while it is more than eight seconds behind
  max_replication_lag = 8
}

# The copy in the other rack
data_source "tides_copy_b" {
  provider   = "postgresql"
  connection = "${env:TIDES_COPY_B}"

  health_check = "SELECT 1"

  pool {
    min_size = 3
    max_size = 15
    timeout  = 20
  }

  read_only             = true
  max_replication_lag   = 8
}

# The copy overseas
data_source "tides_copy_overseas" {
  provider   = "postgresql"
  connection = "${env:TIDES_COPY_OVERSEAS}"

  health_check = "SELECT 1"

  pool {
    min_size = 2
    max_size = 8
    timeout  = 60  # The line is long
  }

  read_only             = true
  max_replication_lag   = 20  # and slow
}

# Its label is a word of ours, its type says what it speaks
service "gauges" {
  type         = "ogc_api"
  enabled      = true
  data_source  = "tides"  # the copies are found by the server

  settings = {
    max_page_size = 2500
    default_limit = 50
  }
}

# Where the gauges stand
layer "stations" {
  title       = "Tide gauges"
  data_source = "tides"  # written here, read from the copies
  table       = "stations"
  id_field    = "station_no"

  geometry {
    column = "position"
    type   = "Point"
    srid   = 4326
  }

  services = ["gauges"]
}
