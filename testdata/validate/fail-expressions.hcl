names  = [for layer of layers : layer.title]
title  = layer.
bounds = geo::extent
