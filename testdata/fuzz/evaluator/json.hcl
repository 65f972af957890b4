a = jsondecode("{\"a\": [1, 2.50, null, \"\\u00e9\"]}")
b = jsonencode({ b = [true], a = null })
