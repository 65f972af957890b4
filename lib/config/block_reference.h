// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace honua::config {

// Every block with its attributes, and every service type with its settings,
// from the tables in schema.h: types, defaults, units, bounds, words, and what
// each is for.

// For people; an object's attributes stand below it, further in.
[[nodiscard]] std::string block_reference();
// For programs: one JSON document.
[[nodiscard]] std::string block_reference_json();

}  // namespace honua::config
