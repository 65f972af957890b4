// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/publish_snapshot.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view lock_examples =
    "Examples:\n"
    "  honua lock --store dir:/srv/honua -- ./deploy.sh     one at a time, on all hosts\n"
    "  honua lock --name seed --lock-wait 300 -- make seed\n"
    "\n"
    "The program gets the lease's number in HONUA_LOCK_FENCE: it grows with every grant, so that what the\n"
    "program writes to can refuse a lower one. If the lease is lost, since this host slept or the store "
    "could\n"
    "not be reached, the program and all that it has started are asked to end, and ended with the lease's "
    "time.\n"
    "Signals are passed on to the program, and its end is waited for.\n"
    "\n"
    "Exit codes: the program's own, 1 also if somebody else holds the lease, 2 wrong usage, 3 the store "
    "could\n"
    "not be used, the program could not be run, or the lease was lost.";

// `honua lock -- COMMAND`
class LockCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  StoreAccess access_;
  LeaseOptions lease_options_;
  LeaseTimes lease_{};
  std::string name_ = "lock";
  std::vector<std::string> words_;
};

}  // namespace honua::commands
