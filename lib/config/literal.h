// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "text/json_writer.h"

namespace honua::config {

// A default of the tables in schema.h as JSON. Defaults are literals: `true`,
// `10.81`, `"text"` without escapes, `["a", "b"]`.
void write_literal(std::string_view literal, text::JsonWriter& json);

}  // namespace honua::config
