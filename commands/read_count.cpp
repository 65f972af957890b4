// SPDX-License-Identifier: MIT
#include "commands/read_count.h"

#include <charconv>
#include <system_error>

namespace honua::commands {

std::optional<std::uint32_t> read_count(const std::string& text) {
  std::uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, trouble] = std::from_chars(text.data(), end, number);
  if (trouble != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

}  // namespace honua::commands
