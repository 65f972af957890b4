logging {
  "Harbour.Pilots" = "warning"
}
