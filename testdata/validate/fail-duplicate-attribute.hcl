layer "harbours" {
  title = "Harbours"
  table = "public.harbours"
  title = "Ports"
}
