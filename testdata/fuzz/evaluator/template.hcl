a = "x${1}y${true}${"z"}"
b = "${[1, 2]}"
c = "a${null}"
