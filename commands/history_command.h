// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/publish_snapshot.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view history_examples =
    "Examples:\n"
    "  honua history --store dir:/srv/honua       the newest versions first\n"
    "  honua history --limit 1 --format json      the head\n"
    "\n"
    "Versions that only say that a lease was taken over are left out, unless --all is given.\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 the store could not be read.";

// `honua history`: what was published.
class HistoryCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  void write(const std::vector<coordination::VersionRecord>& records, CommandEnv& env) const;

  StoreAccess access_;
  std::string limit_;
  bool all_ = false;
  ResultFormat format_ = ResultFormat::human;
};

}  // namespace honua::commands
