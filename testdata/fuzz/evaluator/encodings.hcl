a = base64decode(base64encode("aé"))
b = urlencode("a b&c")
c = base64decode("@")
