# Licensed to the city.

honua {
  version     = "1.0"
  environment = "production"
}

service "ogc_api" {
  enabled       = true
  max_page_size = 500 # as agreed
}

# Layers, by name.

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  services    = [service.ogc_api]
}

# Counted in 2025.
layer "trees" {
  title       = "Trees"
  data_source = data_source.db
  table       = "public.trees"
}
