# What stops a server that looked fine, or opens it to everybody.
honua {
  version     = "1.0"
  environment = "development"

  cors {
    allow_any_origin  = true
    allow_credentials = true
  }
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=db.internal;Database=gis;Username=honua;Password=Rq7-kk2-Lw9"
}

# Without a type this is a cache in memory, whatever it is called.
cache "redis" {
  connection = env("REDIS_URL")
}

service "ogc_api" {
  max_page_size = 1000
}

service "wfs" {
}

service "wms" {
  enabled = false
}

# One of its services is disabled: the server refuses the whole configuration.
layer "parcels" {
  title       = "Parcels"
  data_source = data_source.db
  table       = "gis.parcel"
  id_field    = "gid"

  geometry {
    column = "geom"
    type   = "Polygon"
  }

  services = [service.ogc_api, service.wms]
}

# Published as `roads_ogc_api` and `roads_wfs`.
layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "gis.road"
  id_field    = "gid"

  geometry {
    column = "geom"
    type   = "LineString"
  }

  services = [service.ogc_api, service.wfs]
}

layer "roads_wfs" {
  title       = "Roads again"
  data_source = data_source.db
  table       = "gis.road_copy"
  id_field    = "gid"

  geometry {
    column = "geom"
    type   = "LineString"
  }

  services = [service.wfs]
}

layer "Roads" {
  title       = "Roads in capitals"
  data_source = data_source.db
  table       = "gis.road_capitals"
  id_field    = "gid"

  geometry {
    column = "geom"
    type   = "LineString"
  }

  services = [service.ogc_api]
}
