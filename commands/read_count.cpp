// SPDX-License-Identifier: MIT
#include "commands/read_count.h"

#include <charconv>
#include <system_error>

#include "commands/messages.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

std::optional<std::uint32_t> read_count(const std::string& text) {
  std::uint32_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, trouble] = std::from_chars(text.data(), end, number);
  if (trouble != std::errc() || stop != end || number == 0) return std::nullopt;
  return number;
}

bool read_count_option(const std::string& text, std::string_view option, std::optional<std::uint32_t>& count,
                       CommandEnv& env) {
  if (text.empty()) return true;
  count = read_count(text);
  if (!count)
    print_error(env,
                "`" + std::string(option) + "` takes a whole number from 1 on, not " + text::quoted(text));
  return count.has_value();
}

bool read_number_option(const std::string& text, std::string_view option, std::uint32_t least,
                        std::uint32_t most, std::optional<std::uint32_t>& number, CommandEnv& env) {
  if (text.empty()) return true;
  number = text == "0" ? 0 : read_count(text);
  if (number && *number >= least && *number <= most) return true;
  print_error(env, "`" + std::string(option) + "` takes a whole number from " + std::to_string(least) +
                       " to " + std::to_string(most) + ", not " + text::quoted(text::mask_secrets(text)));
  return false;
}

}  // namespace honua::commands
