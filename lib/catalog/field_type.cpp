// SPDX-License-Identifier: MIT
#include "catalog/field_type.h"

#include <array>

namespace honua::catalog {

std::string_view to_string(FieldType type) {
  constexpr std::array<std::string_view, 16> names = {
      "",     "int",  "long", "float", "double", "decimal", "string", "bool", "datetime", "datetimeoffset",
      "date", "time", "guid", "json",  "binary", "geometry"};
  return names.at(static_cast<std::size_t>(type));
}

}  // namespace honua::catalog
