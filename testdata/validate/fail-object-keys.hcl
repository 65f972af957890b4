overrides = { Harbour.Pilots = "warning" }
listed    = { ([1]) = "one" }
twice     = { srid = 4326, srid = 3857 }
grouped   = { for name in ["a", "a"] : name => 1 }
