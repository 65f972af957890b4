honua {
  cors {
    allowed_origins = ["https://a.example", "https://b.example", "https://ours.example"]
  }
}

layer "roads" {
  fields = [
    "id",
    "name", # as signposted
    "lanes",
    "width",
  ]
  services = [service.wfs, service.ogc_api]
}
