// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"

// Where a command's result goes.
namespace honua::commands {

// Replaces a file as a whole or leaves it as it is; says why it could not.
[[nodiscard]] bool write_file(const std::string& path, std::string_view text, CommandEnv& env);

// The same; standard output where no file is named.
[[nodiscard]] ExitCode write_output(const std::string& path, std::string_view text, CommandEnv& env);

}  // namespace honua::commands
