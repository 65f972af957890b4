// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace honua::text {

// Of the lines between the equal ones at both ends, as many on each side are
// compared each with each: that takes a million steps at worst. More are taken
// in pairs, the first with the first, if there are equally many on both sides,
// else as one difference.
inline constexpr std::size_t max_compared_lines = 1000;

// How the second text differs from the first, as `diff -u` tells it, with
// `name` for both; "" if it doesn't. Lines end with LF; a carriage return in
// front of it belongs to the line.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after,
                                       std::string_view name);

}  // namespace honua::text
