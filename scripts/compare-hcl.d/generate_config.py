#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""generate_config.py LAYERS > FILE: a configuration of a city's map services, plain HCL.

Same number, same bytes. Meant for measuring: names, lengths and the mix of
constructs are those of configurations that people write."""

import sys

THEMES = [("parcel", "Polygon"), ("building", "MultiPolygon"), ("street", "LineString"), ("hydrant", "Point"), ("tree", "Point"),
          ("sewer", "MultiLineString"), ("bus_stop", "Point"), ("park", "Polygon"), ("zoning", "MultiPolygon"), ("contour", "LineString")]
COLUMNS = [("name", "string"), ("status", "string"), ("owner", "string"), ("length_m", "double"), ("area_m2", "double"),
           ("built", "int"), ("inspected_at", "datetime"), ("material", "string"), ("active", "bool")]
SERVICES = ["ogc_api", "wfs", "wms", "wmts", "odata", "stac"]
PAGES = {"ogc_api": "item_limit", "odata": "default_page_size"}
SRIDS = [4326, 3857, 25832, 2056]

HEAD = '''\
# Map services of the city; generated for measurements.

honua {
  version     = "1.0"
  environment = "production"
  log_level   = var.verbose ? "debug" : "warning" // see the handbook

  allowed_hosts = ["maps.example.org"]

  security {
    require_https = true
    hsts_enabled  = true
  }

  cors {
    allow_any_origin = false
    allowed_origins  = ["https://maps.example.org", "https://planning.example.org"]
    max_age          = 2 * 60 * 60
  }
}

variable "verbose" {
  default = false
}

variable "schema" {
  default = "gis"
}

cache "redis" {
  type       = "redis"
  enabled    = true
  connection = env("REDIS_URL")
  prefix     = "city:"
  ttl        = 3600
}

rate_limit {
  enabled = true
  rules = {
    default       = { requests = 1000, window = "1m" }
    authenticated = { requests = 5000, window = "1m" }
  }
}

'''


def data_source(number):
    return f'''\
data_source "gis_{number}" {{
  provider   = "postgresql"
  connection = env("GIS_DB_{number}")
  health_check = "SELECT 1"

  pool {{
    min_size = 5
    max_size = {20 + number % 30}
    timeout  = 30
  }}
}}

'''


def service(name):
    return f'''\
service "{name}" {{
  enabled   = true
  title     = "City GIS: {name}"
  {PAGES.get(name, "base_path")} = {'100' if name in PAGES else f'"/city/{name}"'}
}}

'''


def layer(number, sources):
    theme, geometry = THEMES[number % len(THEMES)]
    source = number % sources
    services = ", ".join(f"service.{SERVICES[(number + step) % len(SERVICES)]}" for step in range(1 + number % 3))
    lines = [f"# {theme.replace('_', ' ').capitalize()} layer of district {number % 12 + 1}" if number % 4 == 0 else None,
             f'layer "{theme}_{number:06d}" {{',
             f'  title        = "{theme.replace("_", " ").title()} {number}"',
             f"  data_source  = data_source.gis_{source}",
             f'  table        = "${{var.schema}}.{theme}_{number:06d}"',
             '  id_field     = "gid"',
             '  display_field = "name"' if number % 2 else None,
             f"  introspect_fields = {'false' if number % 5 == 0 else 'true'}",
             "",
             "  geometry {",
             '    column = "geom"',
             f'    type   = "{geometry}"',
             f"    srid   = {SRIDS[number % len(SRIDS)]}",
             "  }",
             ""]
    if number % 5 == 0:
        lines += ["  fields {", '    gid = { type = "int", nullable = false }', '    geom = { type = "geometry" }']
        if number % 4:
            lines.append('    name = { type = "string" }')
        for column, kind in COLUMNS[number % 4:]:
            lines.append(f'    {column} = {{ type = "{kind}", nullable = {"true" if len(column) % 2 else "false"} }}')
        lines += ["  }", ""]
    if number % 25 == 0:
        lines += ["  description = <<-EOT", f"    The {theme} layer, maintained by the survey office.",
                  "    Updated nightly; see ${var.schema} for the raw tables.", "  EOT"]
    else:
        lines.append(f'  description  = "The {theme} layer of district {number % 12 + 1}; (c) Survey office of the city"')
    if number % 7 == 0:
        lines += ["  permissions {", "    allow_anonymous_read = true /* open data */", "    require_auth_write   = true", "  }", ""]
    lines += ["  cache = {", "    enabled   = true", f"    ttl       = {number % 16 + 1} * 60", "    cache_ref = cache.redis", "  }", "",
              f"  services     = [{services}]", "}", "", ""]
    return "\n".join(line for line in lines if line is not None)


def write(count, out):
    sources = max(1, count // 50)
    out.write(HEAD)
    for number in range(sources):
        out.write(data_source(number))
    for name in SERVICES:
        out.write(service(name))
    for number in range(count):
        out.write(layer(number, sources))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit("usage: generate_config.py LAYERS > FILE")
    write(int(sys.argv[1]), sys.stdout)
