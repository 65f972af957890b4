// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "commands/command.h"

namespace honua::commands {

// Every subcommand, in the order of `honua --help`.
[[nodiscard]] std::span<const CommandEntry> all_commands();

}  // namespace honua::commands
