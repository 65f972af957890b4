variable "region" = "north"

data_source "places" { provider = "postgresql" connection = "${env:DATABASE_URL}" }

logging {
  "Harbour.Pilots" = "warning"
  level            = 'information'
}
