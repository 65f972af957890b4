// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

// For tests only.
namespace honua::commands {

// A sound configuration with one layer.
inline constexpr std::string_view roads_for_test = R"(data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "ogc_api" {
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.ogc_api]

  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4326
  }
}
)";

}  // namespace honua::commands
