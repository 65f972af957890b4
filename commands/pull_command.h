// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view pull_examples =
    "Examples:\n"
    "  honua pull --store dir:/srv/honua -o /etc/honua/honua.hcl   the head, for a server to read\n"
    "  honua pull 12 --format json                                 version 12's snapshot\n"
    "\n"
    "The snapshot is the effective configuration: one file without variables and overlays. Values from the\n"
    "environment are calls of `env` again. A file that ends in `.json` gets the snapshot itself.\n"
    "\n"
    "Exit codes: 0 written, 2 wrong usage, 3 the store could not be read, or the file not be written.";

// `honua pull [VERSION]`: a version's configuration.
class PullCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class Form : std::uint8_t { by_name, hcl, json };

  StoreAccess access_;
  std::string version_;
  std::string output_;
  Form form_ = Form::by_name;
};

}  // namespace honua::commands
