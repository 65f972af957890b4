# The header is wrong, the body is read all the same.
service "wms"
{
  max_width = "wide"
}
