layer "roads" {
  title       = "Streets"
  description = "All roads, since 1990"
  geometry {
    column = "geom"
    srid   = 3857
  }
}
