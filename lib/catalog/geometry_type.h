// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace honua::catalog {

// OGC Simple Features and SQL/MM, by their numbers there, which PostGIS and SpatiaLite use, too.
enum class GeometryType : std::uint8_t {
  geometry = 0,
  point = 1,
  line_string = 2,
  polygon = 3,
  multi_point = 4,
  multi_line_string = 5,
  multi_polygon = 6,
  geometry_collection = 7,
  circular_string = 8,
  compound_curve = 9,
  curve_polygon = 10,
  multi_curve = 11,
  multi_surface = 12,
  polyhedral_surface = 13,
  triangle = 14,
  tin = 15,
  curve = 16,
  surface = 17,
};

// "MultiPolygon".
[[nodiscard]] std::string_view to_string(GeometryType type);
// As configurations name it: of types that they do not know, "Geometry".
[[nodiscard]] std::string_view configuration_name(GeometryType type);

// A type's name with the letters for further ordinates that may be a part of it.
struct GeometryTypeName {
  GeometryType type = GeometryType::geometry;
  bool has_z = false;
  bool has_m = false;
};
// "POINT", "PointZM", "MULTIPOLYGON Z", "ST_Point", "geomcollection"; without regard to case.
[[nodiscard]] std::optional<GeometryTypeName> read_geometry_type(std::string_view name);

}  // namespace honua::catalog
