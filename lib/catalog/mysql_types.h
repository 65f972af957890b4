// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/field_type.h"
#include "catalog/geometry_type.h"

// Internal to the module.
namespace honua::catalog {

// What a column's type is to the server.
struct MysqlType {
  FieldType type = FieldType::unmapped;
  std::string_view loss;                 // a clause, or ""
  std::optional<GeometryType> geometry;  // if type is FieldType::geometry
};

// `name` is COLUMNS.DATA_TYPE ("tinyint"), `full` COLUMNS.COLUMN_TYPE ("tinyint(3) unsigned").
[[nodiscard]] MysqlType mysql_type(std::string_view name, std::string_view full);

// The values in "enum('a','it''s')"; none if it is no enumeration.
[[nodiscard]] std::vector<std::string> mysql_enum_values(std::string_view full);

}  // namespace honua::catalog
