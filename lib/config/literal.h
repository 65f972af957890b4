// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "text/json_writer.h"

namespace honua::config {

// A default of the tables in schema.h as JSON. Defaults are literals: `true`,
// `10.81`, `"text"` without escapes, `["a", "b"]`.
void write_literal(std::string_view literal, text::JsonWriter& json);

// The elements of such a list, as they stand in it.
[[nodiscard]] std::vector<std::string_view> list_elements(std::string_view literal);

}  // namespace honua::config
