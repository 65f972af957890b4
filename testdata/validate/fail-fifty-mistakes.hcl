# Fifty mistakes of different kinds, each marked with what it should be called.
honua {
  version     = "2.0"                # H1002
  environment = ""                   # H1003
  log_level   = "info"               # H1004
  instances   = 0                    # H1008
  title       = "City"               # H0011

  allowed_hosts = ["https://a.example"] # H5118

  cors {
    allowed_origins = ["https://a.example/"] # H5107
    max_age         = -1                     # H1007
  }

  high_availability {
    leader_election {
      lease_duration_seconds   = 2   # H4001
      key_prefix               = ""  # H4006
      renewal_interval_seconds = 200 # H4002
    }
  }
}

variable "unused" { # H0109
  default = 1
}

data_source "db" {
  provider     = "postgresql"
  connection   = "Host=db;Database=gis;Username=u;Password=Wz4-nn8" # H5101
  health_check = "DELETE FROM log"                                  # H1153

  pool {
    min_size = -1      # H1015
    max_size = 0       # H1016
    timeout  = "never" # H1105
  }
}

data_source "orphan" {               # H2014
  provider   = "postgrsql"           # H1150
  connection = env("ORPHAN_URL", 5 6) # H0039
}

service "wfs" {
  version       = "9.9"  # H3025
  default_count = 20000  # H3021
  max_featurs   = 10     # H1104
  lock_timeout  = "five" # H1162
}

service "wms" {
  max_width              = 10   # H3030
  render_timeout_seconds = 1000 # H3031
}

service "odata" {
  default_page_size = 5000 # H1109
}

service "tiles" {
  type = "vector_tiles" # H1101
}

cache "shared" { # H1053: no connection
  type        = "redis"
  ttl         = -5      # H1173
}

rate_limit {
  store = "disk" # H1160

  rules {
    default {
      requests = 0        # H1062
      window   = "minute" # H1064
    }
  }
}

layer "parcels" {
  title         = ""           # H1032
  data_source   = "nosuch"     # H2001
  table         = "a;b"        # H1133
  id_field      = var.nosuch   # H0021
  display_field = service.wfs.nosuch.more ? 1 : # H0036

  geometry {
    column = ""        # H1036
    type   = "polygon" # H1038
    srid   = 900913    # H1120
  }

  services = [service.wfs, service.wfs, layer.roads] # H1139, H0119
}

layer "roads" {
  title             = "Roads"
  data_source       = data_source.db
  table             = "gis.road"
  id_field          = "gid"
  introspect_fields = false

  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4325 # H1127
  }

  fields {
    gid  = { type = "json" }     # H1148
    geom = { type = "string" }   # H1135
    name = { type = "strnig" }   # H1043
    NAME = { type = "string" }   # H1145
    size = { nullable = true }   # H1042
  }

  services = [service.nosuch] # H2002
}

layer "a.b" { # H0114
  title       = "A"
  data_source = data_source.db
  table       = "gis.a"
  id_field    = "gid"
  services    = [] # H1044
}

observability {
  tracing {
    sample_rate = 7 # H1190
  }
}

logging {
  overrides = {
    "Microsoft" = "loud" # H1191
  }
}

attachment_storage "files" { # H1180
  provider = "s3"
}

import_file "x" { # H0010
}
