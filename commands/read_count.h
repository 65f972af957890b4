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

}  // namespace honua::commands
