layer "roads" {
  title       = "Ways" # shorter
  description = "All roads"
  geometry {
    column = "shape"
    srid   = 25832
  }
}

# Still used by the archive.
layer "old" {
  title = "Older"
}
