honua { version = "1.0" environment = 'x' }
variable "y" = "${env:Z}"
logging {
  "a.b" = True
}
