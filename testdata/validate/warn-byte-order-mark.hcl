honua {
  version = "1.0"
}
