// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace honua::catalog {

// The types of fields that the server knows.
enum class FieldType : std::uint8_t {
  unmapped,  // none of them: such columns are left out
  int32,
  int64,
  float32,
  float64,
  decimal,
  string,
  boolean,
  datetime,
  datetimeoffset,
  date,
  time,
  guid,
  json,
  binary,
  geometry,
};

// As configurations name it: "int", "long" …; "" for unmapped.
[[nodiscard]] std::string_view to_string(FieldType type);

}  // namespace honua::catalog
