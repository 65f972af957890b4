layer "roads" {
  geometry {
    column = "geom"
    srid   = 3857
    type   = "LineString"
  }
  cache = { ttl = 300, enabled = true }
  url   = "${env:ROADS}"
}
