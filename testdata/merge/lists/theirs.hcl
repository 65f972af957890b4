honua {
  cors {
    allowed_origins = ["https://theirs.example", "https://b.example"]
  }
}

layer "roads" {
  fields = [
    "id",
    "name", # as signposted
    # since 2024
    "surface"
  ]
  services = [service.wfs]
}
