// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Internal to the module.
namespace honua::connection {

// A part of a URL with each `%` and two hexadecimal digits as the byte that they stand for (RFC 3986). A `%`
// that escapes nothing is one.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace honua::connection
