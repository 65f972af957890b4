// SPDX-License-Identifier: MIT
#include "catalog/postgresql_types.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/unicode.h"

namespace honua::catalog {

namespace {

struct PostgresqlTypeName {
  std::string_view name;
  FieldType type;
  std::string_view loss = {};
};

constexpr std::string_view as_text = "it is served as text";
constexpr std::string_view not_served = "the server has no type for it";

constexpr std::array postgresql_types = std::to_array<PostgresqlTypeName>({
    {"bool", FieldType::boolean},
    {"int2", FieldType::int32},
    {"int4", FieldType::int32},
    {"int8", FieldType::int64},
    {"oid", FieldType::int64},
    {"xid", FieldType::int64},
    {"float4", FieldType::float32},
    {"float8", FieldType::float64},
    {"numeric", FieldType::decimal},
    {"money", FieldType::decimal, "its text follows the locale"},
    {"text", FieldType::string},
    {"varchar", FieldType::string},
    {"bpchar", FieldType::string},
    {"name", FieldType::string},
    {"char", FieldType::string},
    {"citext", FieldType::string},
    {"xml", FieldType::string},
    {"inet", FieldType::string},
    {"cidr", FieldType::string},
    {"macaddr", FieldType::string},
    {"macaddr8", FieldType::string},
    {"ltree", FieldType::string},
    {"timestamp", FieldType::datetime},
    {"timestamptz", FieldType::datetimeoffset},
    {"date", FieldType::date},
    {"time", FieldType::time},
    {"timetz", FieldType::time, "its offset is lost"},
    {"uuid", FieldType::guid},
    {"json", FieldType::json},
    {"jsonb", FieldType::json},
    {"hstore", FieldType::json, "it cannot be filtered by"},
    {"bytea", FieldType::binary},
    {"raster", FieldType::unmapped, not_served},
    {"topogeometry", FieldType::unmapped, not_served},
});

PostgresqlTypeName find_postgresql_type(const PostgresqlType& type) {
  constexpr std::string_view unfiltered = "it cannot be filtered by";
  if (type.is_array) return {type.name, FieldType::json, unfiltered};
  const auto* found = std::ranges::find(postgresql_types, type.name, &PostgresqlTypeName::name);
  if (found != postgresql_types.end()) return *found;
  switch (type.kind) {
    case 'e': return {type.name, FieldType::string};
    case 'c': return {type.name, FieldType::json, unfiltered};
    default: return {type.name, FieldType::string, as_text};
  }
}

std::optional<std::int32_t> known_srid(std::int32_t srid) {
  return srid > 0 ? std::optional(srid) : std::nullopt;
}

// Of a modifier: sign and 20 bits of SRID, 6 of the type, then Z and M.
std::int32_t srid_of_bits(std::uint32_t bits) {
  return (static_cast<std::int32_t>(bits & 0x0FFFFF00U) - static_cast<std::int32_t>(bits & 0x10000000U)) /
         256;
}

// The number behind `name(...) =` in a definition.
std::optional<std::int32_t> number_of_check(std::string_view definition, std::string_view name) {
  const std::size_t at = definition.find(name);
  const std::size_t equals = at == std::string_view::npos ? at : definition.find("= ", at);
  if (equals == std::string_view::npos) return std::nullopt;
  std::string_view rest = definition.substr(equals + 2);
  // `'-1'::integer` is how a negative one is written.
  while (rest.starts_with('(') || rest.starts_with('\'')) rest.remove_prefix(1);
  std::int32_t number = 0;
  const auto [stop, trouble] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return trouble == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

void set_type(Column& column, const PostgresqlType& type) {
  if (type.is_spatial && !type.is_array) {
    column.type = FieldType::geometry;
    column.geometry = geometry_of_modifier(type.modifier, type.name == "geography");
    return;
  }
  const PostgresqlTypeName found = find_postgresql_type(type);
  column.type = found.type;
  column.loss = found.loss;
}

Geometry geometry_of_modifier(std::int32_t modifier, bool is_geography) {
  // Where none is said, geographies are on WGS 84.
  constexpr std::int32_t wgs84 = 4326;
  Geometry made;
  made.is_geography = is_geography;
  if (modifier < 0) {
    if (is_geography) made.srid = wgs84;
    return made;
  }
  const auto bits = static_cast<std::uint32_t>(modifier);
  made.srid = known_srid(srid_of_bits(bits));
  if (is_geography && !made.srid) made.srid = wgs84;
  constexpr std::uint32_t last_type = 15;
  const std::uint32_t type = (bits & 0xFCU) >> 2U;
  if (type <= last_type) made.type = static_cast<GeometryType>(type);
  made.has_z = (bits & 2U) != 0;
  made.has_m = (bits & 1U) != 0;
  return made;
}

std::string text_of_modifier(std::int32_t modifier) {
  if (modifier < 0) return "";
  const Geometry known = geometry_of_modifier(modifier, false);
  const std::int32_t srid = srid_of_bits(static_cast<std::uint32_t>(modifier));
  if (known.type == GeometryType::geometry && srid == 0 && !known.has_z && !known.has_m) return "";
  std::string made = "(" + std::string(to_string(known.type));
  if (known.has_z) made += 'Z';
  if (known.has_m) made += 'M';
  if (srid != 0) made += "," + std::to_string(srid);
  return made + ")";
}

void apply_geometry_check(std::string_view definition, Geometry& geometry) {
  const std::string lower = text::ascii_lower(definition);
  if (const auto srid = number_of_check(lower, "srid(")) geometry.srid = known_srid(*srid);
  if (const auto dimensions = number_of_check(lower, "ndims(")) {
    geometry.has_z = *dimensions >= 3;
    geometry.has_m = *dimensions >= 4;
  }
  const std::size_t at = lower.find("geometrytype(");
  const std::size_t begin = at == std::string::npos ? at : lower.find('\'', at);
  if (begin == std::string::npos) return;
  const std::size_t end = lower.find('\'', begin + 1);
  const auto type = read_geometry_type(lower.substr(begin + 1, end - begin - 1));
  if (!type) return;
  geometry.type = type->type;
  // Of three ordinates the name's letter tells which is the third.
  if (type->has_m && !type->has_z) {
    geometry.has_m = true;
    geometry.has_z = false;
  }
}

}  // namespace honua::catalog
