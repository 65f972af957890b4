# What stands inside of `settings` is checked as if it stood beside it.
variable "kind" {
  default = "wms"
}

service "wms" {
  settings = {
    formats      = [1]
    rate_limit   = { requests = 0 }
    transactions = { enabled = 1, foo = 2, max_batch_size = 0 }
    max_width    = "wide"
  }
}

# The type is known, though it is computed.
service "maps" {
  type      = var.kind
  max_width = "wide"
}

# It may stand inside as well.
service "features" {
  settings {
    type          = "wfs"
    default_count = 0
  }
}

service "odata" {
  settings = merge({ max_page_size = 0 }, { type = 5 })
}
