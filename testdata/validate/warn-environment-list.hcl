data_source "db" {
  provider   = "postgresql"
  connection = "Host=${env("DATABASE_HOST")};Password=${env("DATABASE_PASSWORD")}"
}
cache "redis" {
  type       = "redis"
  connection = env("REDIS_URL", "redis.internal:6379")
}
cache "tiles" {
  type       = "redis"
  connection = "${env("DATABASE_HOST")}:6379"
}
layer "roads" {
  title       = env("SET_VARIABLE")
  description = env("EMPTY_VARIABLE")
}
