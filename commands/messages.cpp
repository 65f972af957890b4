// SPDX-License-Identifier: MIT
#include "commands/messages.h"

#include <ostream>

#include "commands/input_files.h"
#include "text/mask.h"
#include "text/sanitize.h"

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

bool check_environment_name(const std::string& name, CommandEnv& env) {
  if (name.empty() || is_environment_name(name)) return true;
  print_error(env, "`" + text::printable(name) + "` cannot name an environment",
              {"environments are called, for instance, production or staging"});
  return false;
}

std::string count_of(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace honua::commands
