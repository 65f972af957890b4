honua {
  version     = "1.0"
  environment = "development"
}
