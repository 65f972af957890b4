path     = "./var.database_name.db"
database = "env(\"DATABASE_URL\")"
colon    = "${env.DATABASE_URL}"
enabled  = True
