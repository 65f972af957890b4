a = "${env:NAME}"
