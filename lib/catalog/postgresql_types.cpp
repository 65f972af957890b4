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

// "(the_geom is null)", as PostGIS 1 lets geometries be missing.
bool is_null_test(std::string_view condition) {
  constexpr std::string_view ending = " is null)";
  return condition.starts_with('(') && condition.ends_with(ending) &&
         condition.substr(1, condition.size() - 1 - ending.size()).find_first_of("()'") ==
             std::string_view::npos;
}

// "'::text": the end of a literal, with what type it has.
bool is_cast(std::string_view end) {
  constexpr std::string_view cast = "'::";
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789_ ";
  return end == "'" ||
         (end.starts_with(cast) && end.find_first_not_of(letters, cast.size()) == std::string_view::npos);
}

// The pair of brackets that begins a text, with what is between them; "" if there is none.
std::string_view leading_brackets(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '(') ++depth;
    if (text[at] == ')') --depth;
    if (depth <= 0) return text.substr(0, depth == 0 && at > 0 ? at + 1 : 0);
  }
  return {};
}

// The one condition of a check in lower case, without its brackets; "" if there are others, but for that on
// what is missing.
std::string_view single_condition(std::string_view definition) {
  constexpr std::string_view opening = "check ";
  if (!definition.starts_with(opening)) return {};
  std::string_view condition = definition.substr(opening.size());
  while (!condition.empty() && leading_brackets(condition) == condition)
    condition = condition.substr(1, condition.size() - 2);
  constexpr std::string_view other = " or ";
  const std::string_view first = leading_brackets(condition);
  if (first.empty()) return condition;
  const std::string_view rest = condition.substr(first.size());
  if (!rest.starts_with(other) || !is_null_test(rest.substr(other.size()))) return {};
  return first.substr(1, first.size() - 2);
}

// The call that begins a condition, `gis.st_srid(geom)`, if it is one of this function and of a column
// itself; else "". `srid` is what PostGIS 1 calls it.
std::string_view leading_call(std::string_view condition, std::string_view function) {
  const std::size_t opening = std::min(condition.find('('), condition.size());
  const std::string_view called = condition.substr(0, opening);
  const std::string_view name = called.substr(called.rfind('.') + 1);
  const bool is_called = called.find(' ') == std::string_view::npos &&
                         (name == function || (name.starts_with("st_") && name.substr(3) == function));
  const std::string_view arguments = leading_brackets(condition.substr(opening));
  const bool is_of_column = arguments.size() > 2 && arguments.find('(', 1) == std::string_view::npos;
  return is_called && is_of_column ? condition.substr(0, opening + arguments.size()) : std::string_view();
}

// What a check says that a function of the geometry is: "2154" of `(gis.st_srid(geom) = 2154)`, without
// quotes. Nothing unless it is one literal.
std::optional<std::string_view> literal_of_check(std::string_view definition, std::string_view function) {
  const std::string_view condition = single_condition(definition);
  const std::string_view call = leading_call(condition, function);
  std::string_view rest = condition.substr(call.size());
  constexpr std::string_view equals = " = ";
  if (call.empty() || !rest.starts_with(equals)) return std::nullopt;
  rest.remove_prefix(equals.size());
  // `'-1'::integer` is how a negative number is written, `(-1)` in versions before 9.
  const bool is_quoted = rest.starts_with('\'');
  const bool is_bracketed = rest.starts_with('(');
  if (is_quoted || is_bracketed) rest.remove_prefix(1);
  const std::size_t end = std::min(rest.find(is_quoted ? '\'' : ')'), rest.size());
  const std::string_view tail = rest.substr(end);
  const bool is_whole = is_quoted ? is_cast(tail) : tail == (is_bracketed ? ")" : "");
  return is_whole ? std::optional(rest.substr(0, end)) : std::nullopt;
}

std::optional<std::int32_t> number_of_check(std::string_view definition, std::string_view function) {
  const std::string_view digits = literal_of_check(definition, function).value_or("");
  std::int32_t number = 0;
  const auto [stop, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = trouble == std::errc() && stop == digits.data() + digits.size();
  return is_whole ? std::optional(number) : std::nullopt;
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
  made += ordinates_of(known);
  if (srid != 0) made += "," + std::to_string(srid);
  return made + ")";
}

void apply_geometry_check(std::string_view definition, Geometry& geometry) {
  const std::string lower = text::ascii_lower(definition);
  if (const auto srid = number_of_check(lower, "srid")) geometry.srid = known_srid(*srid);
  if (const auto dimensions = number_of_check(lower, "ndims")) {
    geometry.has_z = *dimensions >= 3;
    geometry.has_m = *dimensions >= 4;
  }
  const auto name = literal_of_check(lower, "geometrytype");
  const auto type = name ? read_geometry_type(*name) : std::nullopt;
  if (!type) return;
  geometry.type = type->type;
  // Of three ordinates the name's letter tells which is the third.
  if (type->has_m && !type->has_z) {
    geometry.has_m = true;
    geometry.has_z = false;
  }
}

}  // namespace honua::catalog
