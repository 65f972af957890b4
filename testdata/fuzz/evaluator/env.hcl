a = env("TOKEN")
b = env("NOPE", "x")
c = "${env:TOKEN}/y"
d = env.TOKEN
e = "env(\"TOKEN\")"
