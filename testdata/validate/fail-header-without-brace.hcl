service "my" # not finished
