a = "a ${~ "b" ~} c"
b = "%{ if true ~} x %{~ endif }"
