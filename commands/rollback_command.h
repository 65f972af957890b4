// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/publish_snapshot.h"
#include "commands/run_control.h"
#include "commands/store_access.h"
#include "commands/watch_candidate.h"

namespace honua::commands {

inline constexpr std::string_view rollback_examples =
    "Examples:\n"
    "  honua rollback 12 --store dir:/srv/honua -m 'tiles were slow'\n"
    "\n"
    "A rollback is a new version with an older snapshot: followers go on, never back. The snapshot is "
    "checked\n"
    "with today's rules first. A `watch --publish` holds the lease to publish: `--take-over` takes it away "
    "for\n"
    "the moment, and its files are not published again until they change.\n"
    "\n"
    "Exit codes: 0 published, or there already, 1 refused: errors, another head than seen, or somebody else\n"
    "publishes, 2 wrong usage, 3 the store could not be used, or keeps the snapshot no longer.";

// `honua rollback VERSION`
class RollbackCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  // Whether today's rules let the snapshot pass; says so if not.
  [[nodiscard]] bool is_sound(const snapshot::Document& document, CommandEnv& env) const;

  StoreAccess access_;
  ControlOptions control_;
  LeaseOptions lease_options_;
  ResultFormat format_ = ResultFormat::human;
  std::string version_;
  std::string message_;
  std::string author_;
  bool even_if_same_ = false;
  bool takes_over_ = false;
  CountOptions counts_;
  WatchedInputs inputs_;  // what counts; its paths are not read
};

}  // namespace honua::commands
