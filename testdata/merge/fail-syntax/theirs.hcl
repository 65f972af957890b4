layer "roads" {
  title = "Roads
}
