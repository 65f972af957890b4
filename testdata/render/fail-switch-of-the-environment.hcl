service "ogc_api" {
  enabled = env("OGC_API_ENABLED")
}
