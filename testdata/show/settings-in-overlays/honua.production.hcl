service "wms" {
  settings = null
}
service "wfs" {
  settings = env("X")
}
service "odata" {
  settings = { max_page_size = 7, rate_limit = { enabled = true } }
}
data_source "a" {
  settings = null
}
