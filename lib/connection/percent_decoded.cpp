// SPDX-License-Identifier: MIT
#include "connection/percent_decoded.h"

#include <cstddef>
#include <optional>

namespace honua::connection {

namespace {

std::optional<unsigned> hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
  return std::nullopt;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto high =
        at + 2 < text.size() && text[at] == '%' ? hexadecimal_digit(text[at + 1]) : std::nullopt;
    const auto low = high ? hexadecimal_digit(text[at + 2]) : std::nullopt;
    decoded += low ? static_cast<char>(*high * 16 + *low) : text[at];
    if (low) at += 2;
  }
  return decoded;
}

}  // namespace honua::connection
