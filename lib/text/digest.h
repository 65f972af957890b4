// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::text {

// The SHA-256 (FIPS 180-4) of a text in lower-case hexadecimal: 64 digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace honua::text
