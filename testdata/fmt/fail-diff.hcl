# Differences are shown with what is around them.
honua {
  version = "1.0"
  environment="production"
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=db;Password=hunter2"
  password="hunter2"
}
