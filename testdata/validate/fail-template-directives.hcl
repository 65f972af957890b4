greeting = "%{ if morning }Good morning"
farewell = "%{ unless night }Good bye%{ endif }"
price    = "${amount EUR}"
