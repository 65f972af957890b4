layer "roads" {
  geometry {
    column = "geom"
    srid   = 4326
  }
  cache = { ttl = 60, enabled = true }
  url   = "${env:ROADS}"
}
