# Licensed to the city.

honua {
  version     = "1.0"
  environment = "production"
}

service "ogc_api" {
  enabled = true
  title   = "Features"
}

service "wfs" {
  enabled = true
}

# Layers, by name.

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  services    = [service.ogc_api, service.wfs]
}

layer "parks" {
  title       = "Parks"
  data_source = data_source.db
  table       = "public.parks"
}
