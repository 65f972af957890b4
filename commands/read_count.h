// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "commands/command.h"

namespace honua::commands {

// A whole number from 1 on; nothing if the text is none, or too large.
[[nodiscard]] std::optional<std::uint32_t> read_count(const std::string& text);

// What an option gives, if it is given: "" leaves `count` empty. False, with a message, for no such number.
[[nodiscard]] bool read_count_option(const std::string& text, std::string_view option,
                                     std::optional<std::uint32_t>& count, CommandEnv& env);

// The same of a whole number that has limits, which may be 0.
[[nodiscard]] bool read_number_option(const std::string& text, std::string_view option, std::uint32_t least,
                                      std::uint32_t most, std::optional<std::uint32_t>& number,
                                      CommandEnv& env);

}  // namespace honua::commands
