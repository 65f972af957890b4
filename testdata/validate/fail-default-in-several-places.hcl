variable "pages" {
  default = 100 + true
}
service "odata" {
  max_page_size     = var.pages
  default_page_size = var.pages
}
