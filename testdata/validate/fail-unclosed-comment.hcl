honua {
  environment = "production" /* until 2030
}
