a = format("%5.2f|%-8s|%#x|%v|%[1]d", 1.5, "a", 255, [1])
b = formatlist("%s-%d", l, 5)
