data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}
service "odata" {
  token = <<EOT
s3cret-${1 +}
EOT
  title = nonsensitive(env("TITLE")) + 1
}
