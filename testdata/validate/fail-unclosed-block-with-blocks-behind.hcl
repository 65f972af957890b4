service "wfs" {
  enabled = true

layer "roads" {
  title = "Roads"
}

layer "rivers" {
  title = "Rivers"
}
