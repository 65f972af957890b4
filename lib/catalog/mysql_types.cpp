// SPDX-License-Identifier: MIT
#include "catalog/mysql_types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/unicode.h"

namespace honua::catalog {

namespace {

struct MysqlTypeName {
  std::string_view name;
  FieldType type;
};

// `integer`, `numeric`, `real` and others are the servers' other words for these, which catalogs do not use.
constexpr auto mysql_type_names = std::to_array<MysqlTypeName>({
    {"tinyint", FieldType::int32},
    {"smallint", FieldType::int32},
    {"mediumint", FieldType::int32},
    {"int", FieldType::int32},
    {"year", FieldType::int32},
    {"bigint", FieldType::int64},
    {"float", FieldType::float32},
    {"double", FieldType::float64},
    {"decimal", FieldType::decimal},
    {"char", FieldType::string},
    {"varchar", FieldType::string},
    {"tinytext", FieldType::string},
    {"text", FieldType::string},
    {"mediumtext", FieldType::string},
    {"longtext", FieldType::string},
    {"enum", FieldType::string},
    {"set", FieldType::string},
    {"inet4", FieldType::string},
    {"inet6", FieldType::string},
    {"date", FieldType::date},
    {"datetime", FieldType::datetime},
    // Kept in UTC, unlike `datetime`.
    {"timestamp", FieldType::datetimeoffset},
    {"time", FieldType::time},
    {"binary", FieldType::binary},
    {"varbinary", FieldType::binary},
    {"tinyblob", FieldType::binary},
    {"blob", FieldType::binary},
    {"mediumblob", FieldType::binary},
    {"longblob", FieldType::binary},
    {"json", FieldType::json},
    {"uuid", FieldType::guid},
});

MysqlType mysql_bit_type(std::string_view full) {
  if (full == "bit(1)") return {FieldType::boolean, "", std::nullopt};
  return {FieldType::int64, full == "bit(64)" ? "the highest bit makes it negative" : "", std::nullopt};
}

char mysql_unescaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case '0': return '\0';
    default: return c;
  }
}

}  // namespace

MysqlType mysql_type(std::string_view name, std::string_view full) {
  const std::string lower = text::ascii_lower(name);
  const std::string whole = text::ascii_lower(full);
  const bool is_unsigned = whole.find(" unsigned") != std::string::npos;
  // The clients take it for a truth value, signed and of this width only.
  if (whole == "tinyint(1)") return {FieldType::boolean, "", std::nullopt};
  if (lower == "bit") return mysql_bit_type(whole);
  if (lower == "int" && is_unsigned) return {FieldType::int64, "", std::nullopt};
  if (lower == "bigint" && is_unsigned) return {FieldType::decimal, "", std::nullopt};
  const auto* found = std::ranges::find(mysql_type_names, lower, &MysqlTypeName::name);
  if (found != mysql_type_names.end())
    return {found->type, lower == "time" ? "it may last longer than a day" : "", std::nullopt};
  if (const auto geometry = read_geometry_type(lower)) return {FieldType::geometry, "", geometry->type};
  return {FieldType::unmapped, "the server knows no such type", std::nullopt};
}

std::vector<std::string> mysql_enum_values(std::string_view full) {
  constexpr std::string_view opening = "enum(";
  std::vector<std::string> values;
  if (!text::ascii_lower(full.substr(0, opening.size())).starts_with(opening)) return values;
  std::string value;
  bool is_within = false;
  for (std::size_t at = opening.size(); at < full.size(); ++at) {
    const char c = full[at];
    if (c != '\'') {
      const bool is_escape = is_within && c == '\\' && at + 1 < full.size();
      if (is_within) value += is_escape ? mysql_unescaped(full[++at]) : c;
    } else if (is_within && full.substr(at + 1).starts_with('\'')) {
      value += full[++at];
    } else {
      if (is_within) values.push_back(std::exchange(value, {}));
      is_within = !is_within;
    }
  }
  return values;
}

}  // namespace honua::catalog
