// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"

namespace honua::commands {

inline constexpr std::string_view render_examples =
    "Examples:\n"
    "  honua render --target upstream                     the configuration of this directory\n"
    "  honua render --target upstream -o server.hcl conf/ all files of conf as one\n"
    "  honua render --target upstream --environment production --strict conf/\n"
    "\n"
    "Overlays, variables and expressions are written as what they come to; references to environment\n"
    "variables stay references. What has no form that the server reads is listed on standard error.\n"
    "\n"
    "Exit codes: 0 written, 1 the configuration has errors or, with --strict, something was left out,\n"
    "2 wrong usage, 3 something could not be read or written.";

// `honua render [PATH...] --target upstream`: one file for the server at hand.
class RenderCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  [[nodiscard]] bool check_usage(CommandEnv& env) const;
  // Whether what was rendered is a configuration without errors; says so if not.
  [[nodiscard]] bool is_sound(const std::string& text, CommandEnv& env) const;

  InputRequest request_;
  CheckOptions check_;
  std::optional<config::Target> target_;
  std::string output_;
  bool strict_ = false;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
