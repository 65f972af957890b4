# Each piece is harmless; where they meet the server would see a reference.
data_source "db" {
  provider   = "postgresql"
  connection = "${"$"}{x}${env("A")}"
}
data_source "other" {
  provider   = "postgresql"
  connection = "${"en"}v(\"A\")${env("B")}"
}
