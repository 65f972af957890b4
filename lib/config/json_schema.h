// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace honua::config {

// A JSON Schema (draft 2020-12) of a configuration in HCL's JSON form, made
// from the tables in schema.h, so that it accepts and refuses what the decoder
// does. It knows one file only, and no expressions: where a value may stand it
// takes any text with `${`, and what references lead to is not followed.
[[nodiscard]] std::string json_schema();

}  // namespace honua::config
