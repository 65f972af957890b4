logging {
  overrides = {
    "Microsoft.AspNetCore" = "warning"
    System                 = "error"
  }
}

layer "old.roads \u001b[31m" {
  title       = "tab\there, \"quotes\", ${"$"}{ and \u202e"
  data_source = "db"
  table       = "public.roads"
  id_field    = "id"
  services    = []
}

variable "anything" {
  default = [{ a = 1, "b c" = [null, true, 0.5] }, {}]
}

import "shared" {
  source = "shared.hcl"
}
