// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/shared_options.h"

namespace honua::commands {

inline constexpr std::string_view explain_examples =
    "Examples:\n"
    "  honua explain H1141                          what is wrong, why it matters, how to mend it\n"
    "  honua explain layer-names-disabled-service   the same by the rule's name\n"
    "  honua explain --list                         every rule, one line each\n"
    "  honua explain --list --format json           the same for programs\n"
    "\n"
    "Exit codes: 0 told, 2 wrong usage, or a rule that does not exist.";

// `honua explain RULE`: what a rule means, offline.
class ExplainCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  std::vector<std::string> rules_;
  bool list_ = false;
  Format format_ = Format::human;
};

}  // namespace honua::commands
