service "odata" {
  enabled       = true
  max_page_size = 1000 # at most
}
