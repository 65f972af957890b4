service "wfs" {
  enabled = false
}

service "wms" {
  enabled = true
}

layer "a" {
  title = "A"
}

layer "a2" {
  title = "A2"
}

layer "b" {
  title = "B"
}
