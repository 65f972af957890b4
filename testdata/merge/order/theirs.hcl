# Layers.

layer "b" {
  title = "B"
}

layer "a" {
  title = "A!"
}

# Services.

service "wfs" {
  enabled = true
}

service "wms" {
  enabled = true
}
