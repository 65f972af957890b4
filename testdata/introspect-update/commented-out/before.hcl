data_source "db" {
  provider   = "sqlite"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

# not served: no column is known to tell rows apart
# layer "log" {
#   title         = "Log"
#   data_source   = data_source.db
#   table         = "log"
#   id_field      = ""
#   display_field = "line"
#   services      = [service.odata]
# }

layer "tags" {
  title       = "Tags"
  data_source = data_source.db
  table       = "tags"
  id_field    = "id"
  services    = [service.odata]
}

#layer "unwanted" {
#  title       = "Unwanted"
#  data_source = data_source.db
#  table       = "unwanted"
#  id_field    = "id"
#  services    = [service.odata]
#}
