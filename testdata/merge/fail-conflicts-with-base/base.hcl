layer "roads" {
  title       = "Roads"
  description = "All roads"
  geometry {
    column = "geom"
    srid   = 4326
  }
}

layer "old" {
  title = "Old"
}
