# Nothing here is as it would be written, and nothing is wrong.
variable "title" {
  default = "Roads"
}
data_source "main" {
  provider = "SQLite3"
  connection = env("DATABASE_URL")
}
service "odata" { enabled = true }
layer "R" {
  services = ["odata"]
  id_field = "id"
  table = "MAIN.[roads]"
  data_source = "main"
  title = var.title
  introspect_fields = false
  fields {
    id { type = "bigint" }
    name { type = "text" }
    built { type = "date" }
  }
}
layer "names" {
  title = "Names"
  data_source = data_source.main
  table = "names"
  id_field = "ID"
  services = [service.odata]
}
