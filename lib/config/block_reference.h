// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "config/schema.h"

namespace honua::config {

// Every block with its attributes, and every service type with its settings,
// from the tables in schema.h: types, defaults, units, bounds, words, and what
// each is for.

// What an attribute's values are: "a whole number from 1, in s; default 30".
[[nodiscard]] std::string type_text(const AttributeSchema& one);

// For people; an object's attributes stand below it, further in.
[[nodiscard]] std::string block_reference();
// For programs: one JSON document.
[[nodiscard]] std::string block_reference_json();

}  // namespace honua::config
