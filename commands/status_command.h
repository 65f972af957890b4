// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/publish_snapshot.h"
#include "commands/store_access.h"

namespace honua::commands {

inline constexpr std::string_view status_examples =
    "Examples:\n"
    "  honua status --store dir:/srv/honua           what each instance runs\n"
    "  honua status --wait 60 --instances 3          wait until three instances run the head\n"
    "\n"
    "Consistent means: every live instance runs the head, with the same configuration and the same values "
    "of\n"
    "its environment. An instance is live if its heartbeat goes on while it is looked at.\n"
    "\n"
    "Exit codes: 0 consistent, 1 not, 2 wrong usage, 3 the store could not be read.";

// `honua status`: one answer for all instances.
class StatusCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  struct Seen {
    coordination::Instance instance;
    bool is_live = false;
    std::string complaint;  // why it is not as it should be; "" if it is
    bool waits = false;     // for canaries, which run the head first
  };
  struct Fleet {
    std::optional<coordination::VersionRecord> head;
    std::vector<Seen> instances;
    bool is_consistent = false;
  };
  [[nodiscard]] coordination::StoreResult<Fleet> look(coordination::Store& store) const;
  [[nodiscard]] static std::string complaint_of(const Seen& one,
                                                const std::optional<coordination::VersionRecord>& head);
  void judge(Fleet& fleet) const;
  void write_human(const Fleet& fleet, CommandEnv& env) const;
  static void write_json(const Fleet& fleet, CommandEnv& env);

  StoreAccess access_;
  std::string wait_;
  std::string instances_;
  std::size_t wanted_ = 0;  // live instances
  ResultFormat format_ = ResultFormat::human;
};

}  // namespace honua::commands
