// SPDX-License-Identifier: MIT
#include "commands/messages.h"

#include <ostream>

#include "text/mask.h"

namespace honua::commands {

void print_error(CommandEnv& env, std::string_view message, const std::vector<std::string>& help) {
  env.err << "error: " << text::mask_secrets(message) << '\n';
  for (const std::string& line : help) {
    if (!line.empty()) env.err << "  help: " << text::mask_secrets(line) << '\n';
  }
}

void print_note(CommandEnv& env, std::string_view message) {
  env.err << "note: " << text::mask_secrets(message) << '\n';
}

}  // namespace honua::commands
