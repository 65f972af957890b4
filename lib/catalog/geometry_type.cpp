// SPDX-License-Identifier: MIT
#include "catalog/geometry_type.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/unicode.h"

namespace honua::catalog {

namespace {

constexpr std::array<std::string_view, 18> names = {"Geometry",       "Point",
                                                    "LineString",     "Polygon",
                                                    "MultiPoint",     "MultiLineString",
                                                    "MultiPolygon",   "GeometryCollection",
                                                    "CircularString", "CompoundCurve",
                                                    "CurvePolygon",   "MultiCurve",
                                                    "MultiSurface",   "PolyhedralSurface",
                                                    "Triangle",       "Tin",
                                                    "Curve",          "Surface"};

// The last of the types that configurations know.
constexpr auto last_simple = GeometryType::geometry_collection;

std::optional<GeometryType> find_type(std::string_view lower) {
  if (lower == "geomcollection") return GeometryType::geometry_collection;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names.at(i).size() == lower.size() && text::ascii_lower(names.at(i)) == lower)
      return static_cast<GeometryType>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(GeometryType type) { return names.at(static_cast<std::size_t>(type)); }

std::string_view configuration_name(GeometryType type) {
  return to_string(type <= last_simple ? type : GeometryType::geometry);
}

std::optional<GeometryTypeName> read_geometry_type(std::string_view name) {
  std::string lower = text::ascii_lower(name);
  std::erase(lower, ' ');
  std::string_view rest = lower;
  if (rest.starts_with("st_")) rest.remove_prefix(3);
  GeometryTypeName found;
  const auto take = [&](std::string_view suffix) {
    if (!rest.ends_with(suffix)) return false;
    rest.remove_suffix(suffix.size());
    return true;
  };
  if (const auto type = find_type(rest)) return GeometryTypeName{*type};
  if (take("m")) found.has_m = true;
  if (take("z")) found.has_z = true;
  const auto type = find_type(rest);
  if (!type) return std::nullopt;
  found.type = *type;
  return found;
}

}  // namespace honua::catalog
