// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

// Scanning over ASCII at memory speed: the rest of the module starts with it,
// since almost all of a configuration is ASCII.
namespace honua::text {

[[nodiscard]] constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The first position from `at` on whose byte is not ASCII, or the text's size.
[[nodiscard]] std::size_t ascii_end(std::string_view text, std::size_t at);

// The same for processors without SSE2, eight bytes at a time.
[[nodiscard]] std::size_t ascii_end_portable(std::string_view text, std::size_t at);

}  // namespace honua::text
