   honua {
version = "1.0"
      cors {
  allowed_origins = [
"https://a.example",
        "https://b.example"
      ]
 }
}

layer "roads" {
fields {
name = {
type = "string"
}
}
services = concat([for s in ["odata"] : {
name = s
}], [
"wfs",
])
}
