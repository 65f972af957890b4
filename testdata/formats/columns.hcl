"é漢😀é	" = 1 x
locals = {
	"é漢😀é" = bogus.é漢😀 }
honua {
  version = "1.0"
  /* é漢😀é	*/ environmet = "a"
/* 漢 */ cors = [
1,
2 }
