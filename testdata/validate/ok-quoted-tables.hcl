data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "odata" {
  enabled = true
}

layer "quotes" {
  title       = "A quote within quotes is written twice"
  data_source = data_source.db
  table       = "\"sch\"\"ema\".\"Mixed \"\"Case\"\" table.with dots\""
  id_field    = "id"
  services    = [service.odata]
}

layer "nothing_but_a_quote" {
  title       = "A quote"
  data_source = data_source.db
  table       = "public.\"\"\"\""
  id_field    = "id"
  services    = [service.odata]
}
