layer "${env("NAME")}" {
  title = "Harbours"
}

layer "piers"
{
  title = "Piers"
}
