// SPDX-License-Identifier: MIT
#include "catalog/sqlite_types.h"

#include <algorithm>
#include <array>
#include <string>

#include "catalog/geometry_type.h"
#include "text/unicode.h"

namespace honua::catalog {

namespace {

struct Name {
  std::string_view declared;
  FieldType type;
};

constexpr std::array sqlite_type_names = std::to_array<Name>({
    {"bool", FieldType::boolean},
    {"boolean", FieldType::boolean},
    {"tinyint", FieldType::int32},
    {"smallint", FieldType::int32},
    {"mediumint", FieldType::int32},
    {"int2", FieldType::int32},
    {"int", FieldType::int64},
    {"integer", FieldType::int64},
    {"bigint", FieldType::int64},
    {"int8", FieldType::int64},
    {"float", FieldType::float64},
    {"real", FieldType::float64},
    {"double", FieldType::float64},
    {"double precision", FieldType::float64},
    {"decimal", FieldType::decimal},
    {"numeric", FieldType::decimal},
    {"money", FieldType::decimal},
    {"date", FieldType::date},
    {"datetime", FieldType::datetime},
    {"timestamp", FieldType::datetime},
    {"timestamp with time zone", FieldType::datetimeoffset},
    {"time", FieldType::time},
    {"uuid", FieldType::guid},
    {"guid", FieldType::guid},
    {"uniqueidentifier", FieldType::guid},
    {"json", FieldType::json},
    {"jsonb", FieldType::json},
    {"blob", FieldType::binary},
    {"binary", FieldType::binary},
    {"varbinary", FieldType::binary},
    {"any", FieldType::string},
});

// "VARCHAR (5)" without what is in brackets, in lower case.
std::string name_of(std::string_view declared) {
  std::string lower = text::ascii_lower(declared.substr(0, declared.find('(')));
  while (!lower.empty() && lower.back() == ' ') lower.pop_back();
  return lower;
}

bool contains(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
}

FieldType by_affinity(std::string_view lower, bool is_of_view) {
  if (contains(lower, {"int"})) return FieldType::int64;
  if (contains(lower, {"char", "clob", "text"})) return FieldType::string;
  // What a view computes has no type.
  if (lower.empty()) return is_of_view ? FieldType::string : FieldType::binary;
  if (contains(lower, {"blob"})) return FieldType::binary;
  if (contains(lower, {"real", "floa", "doub"})) return FieldType::float64;
  return FieldType::string;
}

}  // namespace

FieldType sqlite_type(std::string_view declared, SqliteFormat format, bool is_of_view) {
  const std::string name = name_of(declared);
  // GeoPackage's floats have 32 bits.
  if (format == SqliteFormat::geopackage && name == "float") return FieldType::float32;
  const auto* found = std::ranges::find(sqlite_type_names, name, &Name::declared);
  if (found != sqlite_type_names.end()) return found->type;
  // `POINT` is no `INT`: a geometry that no table registers.
  if (read_geometry_type(name)) return FieldType::unmapped;
  return by_affinity(name, is_of_view);
}

}  // namespace honua::catalog
