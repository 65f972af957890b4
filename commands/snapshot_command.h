// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/plan_input.h"

namespace honua::commands {

inline constexpr std::string_view snapshot_examples =
    "Examples:\n"
    "  honua snapshot                        the configuration found here\n"
    "  honua snapshot conf/ -o deployed.json keep what is deployed\n"
    "  honua snapshot git:main --hash        whether two checkouts say the same\n"
    "\n"
    "A snapshot is the effective configuration in JSON: defaults left out, overlays and variables done,\n"
    "one spelling of every value. The same configuration has the same hash however it is written, and\n"
    "wherever: values from the environment stay references, secrets in the files are left out.\n"
    "\n"
    "Exit codes: 0 written, 2 wrong usage, 3 it could not be read or written, or has errors.";

// `honua snapshot [CONFIG]`
class SnapshotCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  SnapshotRequest request_;
  std::vector<std::string> paths_;
  std::string output_;
  bool hash_ = false;
};

}  // namespace honua::commands
