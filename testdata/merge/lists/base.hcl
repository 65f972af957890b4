honua {
  cors {
    allowed_origins = ["https://a.example", "https://b.example"]
  }
}

layer "roads" {
  fields = [
    "id",
    "name", # as signposted
    "width",
  ]
  services = [service.wfs]
}
