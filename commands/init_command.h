// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"

namespace honua::commands {

inline constexpr std::string_view init_examples =
    "Examples:\n"
    "  honua init                                      a small configuration to begin with\n"
    "  honua init --template production                PostgreSQL, Redis, limits, HTTPS only\n"
    "  honua init city.gpkg                            the same, with the layers of this database\n"
    "  honua init 'env(\"DATABASE_URL\")' -t production -o city.hcl\n"
    "\n"
    "Without a connection, it asks for one on a terminal; an empty answer is none, and the configuration "
    "has\n"
    "examples in place of layers. With one, the database is read as by `honua introspect`. The connection "
    "is\n"
    "not written: the configuration takes it from the environment.\n"
    "\n"
    "Exit codes: 0 written, 2 wrong usage, 3 the database could not be read, or the file not be written: "
    "one\n"
    "that is there is kept without --force.";

// `honua init [CONNECTION]`: a configuration to begin with.
class InitCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  [[nodiscard]] bool read_options(CommandEnv& env);
  void ask(CommandEnv& env);
  // The configuration with the layers of a database. Nothing, with a message, where it cannot be read.
  [[nodiscard]] std::optional<std::string> with_database(CommandEnv& env);

  std::vector<std::string> connections_;
  std::string provider_;
  std::size_t template_ = 0;
  std::string output_;
  bool force_ = false;
};

// A configuration that `honua init` writes.
struct InitTemplate {
  std::string_view name;
  std::string_view text;              // whole, with layers that are examples
  std::vector<std::string> services;  // that publish the layers
};
[[nodiscard]] const std::vector<InitTemplate>& init_templates();

}  // namespace honua::commands
