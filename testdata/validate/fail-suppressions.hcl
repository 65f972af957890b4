honua {
  version     = "1.0"
  environment = "development"
}
# honua:ignore-file H1030, no-such-rule layers stand in another repository
# honua:ignore data-source-none there is none yet (until 2999-12-31)

# honua:ignore H2006 the survey is not done (until 2026-06-30)
service "wfs" {
  enabled       = true
  max_page_size = 0 # honua:ignore H3199
  max_features  = 0 # honua:ignore H3199, H1104 a patched server takes 0
}

service "wms" {
  enabled = true
  # honua:ignore H0013 it is closed below
  # honua:ignore H1104
}
