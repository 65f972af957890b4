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

struct SpeltType {
  std::string_view word;
  FieldType type;
};
// Other names that the server takes.
constexpr auto other_spellings = std::to_array<SpeltType>({{"boolean", FieldType::boolean},
                                                           {"uuid", FieldType::guid},
                                                           {"integer", FieldType::int32},
                                                           {"bigint", FieldType::int64},
                                                           {"text", FieldType::string}});

std::optional<FieldType> read_type(std::string_view word) {
  const std::string lower = text::ascii_lower(word);
  for (auto type = FieldType::int32; type <= FieldType::geometry;
       type = static_cast<FieldType>(static_cast<int>(type) + 1)) {
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
    case FieldType::int32:
      return is_one_of(written, std::array{FieldType::int64, FieldType::decimal, FieldType::float64});
    case FieldType::int64: return written == FieldType::decimal;
    case FieldType::float32: return written == FieldType::float64;
    case FieldType::guid:
    case FieldType::json: return written == FieldType::string;
    default: return false;
  }
}

// What SQLite keeps in columns of another type, and MySQL in texts and small numbers.
bool is_kept_in(FieldType written, FieldType there, Engine engine) {
  if (engine == Engine::postgresql) return false;
  const bool is_sqlite = engine == Engine::sqlite;
  switch (there) {
    case FieldType::string:
      return is_one_of(written, std::array{FieldType::guid, FieldType::json}) ||
             (is_sqlite &&
              is_one_of(written, std::array{FieldType::datetime, FieldType::datetimeoffset, FieldType::date,
                                            FieldType::time, FieldType::decimal}));
    case FieldType::int32:
    case FieldType::int64:
      return written == FieldType::boolean ||
             (is_sqlite && is_one_of(written, std::array{FieldType::datetime, FieldType::datetimeoffset}));
    case FieldType::float64:
      return is_sqlite && is_one_of(written, std::array{FieldType::datetime, FieldType::decimal});
    case FieldType::binary: return written == FieldType::guid;
    default: return false;
  }
}

// Databases that say `timestamp` leave open whether there is an offset.
bool is_timestamp(const Column& column) {
  return text::ascii_lower(column.native_type).find("timestamp") != std::string::npos;
}

bool is_moment(FieldType type) { return type == FieldType::datetime || type == FieldType::datetimeoffset; }

}  // namespace

bool can_mean(std::string_view written, const Column& column, Engine engine) {
  const auto type = read_type(written);
  if (!type || column.type == FieldType::unmapped || *type == column.type) return true;
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
