service "wfs" {
  enabled = true
}

service "wms" {
  enabled = true
}

layer "a" {
  title = "A"
}

layer "b" {
  title = "B"
}
