# A part that comes from the environment hides no secret that is written beside it.
honua {
  version       = "1.0"
  environment   = "production"
  allowed_hosts = ["maps.example.org"]
  security {
    require_https = true
    hsts_enabled  = true
  }
}

data_source "one" {
  provider     = "postgresql"
  connection   = "Host=${env("DB_HOST")};Database=city;Username=maps;Password=swordfish"
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "two" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL", "Host=db.internal;Database=city;Username=maps;Password=swordfish")
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "three" {
  provider     = "postgresql"
  connection   = "Host=localhost;Database=city;Username=${env("DB_USER")};Password=${env:DB_PASSWORD}"
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "four" {
  provider     = "postgresql"
  connection   = "Host=${env:DB_HOST};Database=city;SSL Mode=Disable;Password=${env:DB_PASSWORD}"
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

# These are the same, whatever the variable holds.
data_source "five" {
  provider     = "postgresql"
  connection   = env("GEODATA_URL")
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "six" {
  provider     = "postgresql"
  connection   = env("GEODATA_URL")
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

cache "redis" {
  type       = "redis"
  connection = "${env("REDIS_HOST")}:6379,password=swordfish"
}

attachment_storage "photos" {
  provider = "s3"
  s3 {
    bucket_name       = "photos"
    region            = "eu-central-1"
    access_key_id     = env("AWS_ID")
    secret_access_key = env("AWS_SECRET", "abcdefghijklmnopqrst")
  }
}

service "odata" {
  title = "${env("CITY")} AKIAZZ7Q2X4B9K1M3N5P"
}
