layer "roads" {
  title = "Roads"
  geometry {
    srid = 4326 + var.a
  }
  services = [service.wms]
}
