// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "commands/command.h"

// `[VERSION]` of commands that work on one of a store's versions.
namespace honua::commands {

void add_version_argument(CLI::App& app, std::string& target, const std::string& description);

// A number from 1 on, or nothing for `head` and "". Nothing at all, with a message, if the text is neither.
[[nodiscard]] std::optional<std::optional<std::uint64_t>> read_version_argument(const std::string& text,
                                                                                CommandEnv& env);

}  // namespace honua::commands
