// SPDX-License-Identifier: MIT
#include "generation/field_type_check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "text/unicode.h"

namespace honua::generation {

namespace {

using catalog::Column;
using catalog::Engine;
using catalog::FieldType;
using catalog::GeometryType;
using enum catalog::FieldType;

struct SpeltType {
  std::string_view word;
  FieldType type;
};
// Other names that the server takes.
constexpr auto other_spellings = std::to_array<SpeltType>(
    {{"boolean", boolean}, {"uuid", guid}, {"integer", int32}, {"bigint", int64}, {"text", string}});

std::optional<FieldType> read_type(std::string_view word) {
  const std::string lower = text::ascii_lower(word);
  for (auto type = int32; type <= geometry; type = static_cast<FieldType>(static_cast<int>(type) + 1)) {
    if (to_string(type) == lower) return type;
  }
  const auto* found = std::ranges::find(other_spellings, lower, &SpeltType::word);
  return found == other_spellings.end() ? std::nullopt : std::optional(found->type);
}

bool is_one_of(FieldType type, std::span<const FieldType> types) {
  return std::ranges::find(types, type) != types.end();
}

// Types that hold every value of the column's.
bool is_wider(FieldType written, FieldType there) {
  switch (there) {
    case int32: return is_one_of(written, std::array{int64, decimal, float64});
    case int64: return written == decimal;
    case float32: return written == float64;
    case guid:
    case json: return written == string;
    default: return false;
  }
}

// What SQLite keeps in columns of another type, and MySQL in texts and small numbers.
bool is_kept_in(FieldType written, FieldType there, Engine engine) {
  if (engine == Engine::postgresql) return false;
  const bool is_sqlite = engine == Engine::sqlite;
  switch (there) {
    case string:
      return is_one_of(written, std::array{guid, json}) ||
             (is_sqlite && is_one_of(written, std::array{datetime, datetimeoffset, date, time, decimal}));
    case int32:
    case int64:
      return written == boolean || (is_sqlite && is_one_of(written, std::array{datetime, datetimeoffset}));
    case float64: return is_sqlite && is_one_of(written, std::array{datetime, decimal});
    case binary: return written == guid;
    default: return false;
  }
}

// Databases that say `timestamp` leave open whether there is an offset.
bool is_timestamp(const Column& column) {
  return text::ascii_lower(column.native_type).find("timestamp") != std::string::npos;
}

bool is_moment(FieldType type) { return type == datetime || type == datetimeoffset; }

}  // namespace

bool can_mean(std::string_view written, const Column& column, Engine engine) {
  const auto type = read_type(written);
  if (!type || column.type == unmapped || *type == column.type) return true;
  if (is_moment(*type) && is_moment(column.type)) return engine == Engine::sqlite || is_timestamp(column);
  return is_wider(*type, column.type) || is_kept_in(*type, column.type, engine);
}

bool can_mean(std::string_view written, const catalog::Geometry& geometry) {
  const auto type = catalog::read_geometry_type(written);
  if (!type || type->type == GeometryType::geometry || type->type == geometry.type) return true;
  // What the configuration has no word for is any geometry there.
  if (catalog::configuration_name(geometry.type) == "Geometry") return true;
  const auto is_collection = [](GeometryType one) {
    return one >= GeometryType::multi_point && one <= GeometryType::geometry_collection;
  };
  const bool has_general =
      type->type == GeometryType::geometry_collection || geometry.type == GeometryType::geometry_collection;
  return has_general && is_collection(type->type) && is_collection(geometry.type);
}

}  // namespace honua::generation
