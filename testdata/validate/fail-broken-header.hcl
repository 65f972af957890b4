cache "redis" [
  type       = "redis"
  connection = env("REDIS_URL")
}
