// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "commands/shared_options.h"
#include "commands/show_report.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view show_examples =
    "Every value stands with its address and its origin: the place in a file, an overlay, or a default.\n"
    "Values from environment variables, and what looks like a secret, are never shown. Objects that are\n"
    "not written have no defaults here.\n"
    "\n"
    "Examples:\n"
    "  honua show                                  the configuration of this directory\n"
    "  honua show --environment production conf/   with conf/honua.production.hcl laid over it\n"
    "  honua show --only layer.roads a.hcl         one block\n"
    "  honua show --only honua.cors --only cache   all values at or below several addresses\n"
    "  honua show --no-defaults --format json      what is written, for programs to read\n"
    "\n"
    "Whether the values make sense is what `honua validate` tells.\n"
    "\n"
    "Exit codes: 0 all was shown, 1 syntax, names or types have errors and what can be shown was, 2 wrong "
    "usage,\n"
    "3 something could not be read.";

// `honua show [PATH...]`: the effective configuration, value by value.
class ShowCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class Form : std::uint8_t { human, json };

  [[nodiscard]] bool read_addresses(CommandEnv& env);
  void show(const CheckResult& result, CommandEnv& env) const;
  [[nodiscard]] ExitCode show_version(const StoreVersionSpec& version, const CheckOptions& check,
                                      CommandEnv& env);
  [[nodiscard]] ExitCode account(const CheckResult& result, CommandEnv& env) const;

  InputRequest request_;
  std::vector<std::string> addresses_;
  ShowOptions show_;
  bool is_insecure_store_ = false;
  bool no_defaults_ = false;
  Form form_ = Form::human;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
