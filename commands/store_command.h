// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/publish_snapshot.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view store_examples =
    "Examples:\n"
    "  honua store verify --store dir:/srv/honua   read all there is, and say what is wrong\n"
    "  honua store gc --keep 100                   take away what nothing needs any more\n"
    "\n"
    "`gc` keeps all records, the snapshots of the newest versions and of those that instances run; files of\n"
    "interrupted writers go after --age. It takes the lease to publish for that time.\n"
    "\n"
    "Exit codes: 0 done, 1 `verify` found faults, or somebody else publishes, 2 wrong usage, 3 the store "
    "could\n"
    "not be used.";

// `honua store gc` and `honua store verify`
class StoreCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  [[nodiscard]] static ExitCode verify(coordination::Store& store, CommandEnv& env);
  [[nodiscard]] ExitCode collect(coordination::Store& store, CommandEnv& env) const;

  std::string action_;
  StoreAccess access_;
  LeaseOptions lease_options_;
  LeaseTimes lease_{};
  std::string keep_;
  std::string age_;
  std::uint32_t kept_ = 0;
  std::uint32_t seconds_ = 0;
};

}  // namespace honua::commands
