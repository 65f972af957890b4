// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "text/words.h"

// What a command says on standard error about its own run. Secrets are masked:
// a connection string may well stand where a path or a command was expected.
namespace honua::commands {

// "error: MESSAGE", then "  help: LINE" for each line that is not empty.
void print_error(CommandEnv& env, std::string_view message, const std::vector<std::string>& help = {});

// "note: MESSAGE": what was not done, and what to know about the result.
void print_note(CommandEnv& env, std::string_view message);

using text::count_of;

}  // namespace honua::commands
