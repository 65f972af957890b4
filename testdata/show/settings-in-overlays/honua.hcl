service "wms" {
  settings = { max_width = 10, version = "1.3.0" }
}
service "wfs" {
  settings = { max_features = 10, rate_limit = { enabled = true, requests = 7 } }
}
service "odata" {
  max_page_size = 5
  rate_limit {
    requests = 5
  }
}
data_source "a" {
  provider = "postgresql"
  connection = env("A")
  settings = { read_only = true }
}
