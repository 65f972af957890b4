# What is called like a secret holds secrets, however deep.
service "odata" {
  api_keys = { maps = "hunter2" }
  settings = { credentials = { user = "hunter2" } }
}

cache "redis" {
  type       = "redis"
  connection = "redis.internal:6379"
}

service "ogc_api" {
  default_crs    = service.odata.api_keys.maps
  additional_crs = [service.odata.credentials.user]
  title          = "keys: ${service.odata.api_keys.maps}"
}
