// SPDX-License-Identifier: MIT
#include "commands/version_argument.h"

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

void add_version_argument(CLI::App& app, std::string& target, const std::string& description) {
  app.add_option("VERSION", target, description)->option_text("[VERSION]");
}

std::optional<std::optional<std::uint64_t>> read_version_argument(const std::string& text, CommandEnv& env) {
  using Version = std::optional<std::uint64_t>;
  if (text.empty() || text == "head") return Version();
  if (const auto number = read_count(text)) return Version(*number);
  print_error(env, text::quoted(text::mask_secrets(text)) + " is no version: a number from 1 on, or `head`");
  return std::nullopt;
}

}  // namespace honua::commands
