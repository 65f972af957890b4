/* The city's configuration.
   Ask the office before you change it. */

service "ogc_api" {
  enabled = true
  title   = "The city"
}

# Kept for the old map.
service "wms" { enabled = true }

data_source "city" {
  provider   = "gpkg"
  connection = env("CITY_FILE")
}

data_source "survey" {
  provider   = "postgresql"
  connection = env("SURVEY")
}

# Streets, not ways.
layer "Streets-1" {
  title       = "Our streets"   # as on the signs
  description = "kept by hand"
  services    = [ service.ogc_api, service.wms ]

  data_source = data_source["city"]
  table       = "\"Roads\""
  id_field    = "FID"

  // The surveyors moved everything.
  geometry {
    column = "geom"
    type   = "LineString"     # one each
    srid   = 3857             /* web */
  }
}

layer "lakes" {
  title       = "Surveyed points"
  data_source = data_source.survey
  table       = "points"
  id_field    = "id"
  services    = [service.ogc_api]
}

# Nobody walks here any more.
layer "paths" {
  title       = "Paths"
  data_source = data_source.city
  table       = "paths"
  id_field    = "fid"
  services    = [service.ogc_api, service.wms]
}

layer "trees" {
    title = "Trees"
    data_source = data_source.city
    table = "main.trees"
    id_field = "tree_id"
    display_field = "species"
    geometry = {
        column = "geom", type = "Geometry"
    }
    services = [service.ogc_api, service.wms]
}

logging {
  level = "information"
}
