// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "commands/command.h"

namespace honua::cli {

// Runs one invocation: finds the command, reads its options, runs it and sees
// to it that its report has been written. `arguments` come without the
// program's name. Exceptions that reach this far are defects: they are
// reported as such and become ExitCode::failure.
[[nodiscard]] commands::ExitCode run(std::vector<std::string> arguments, commands::CommandEnv& env,
                                     std::span<const commands::CommandEntry> table);

}  // namespace honua::cli
