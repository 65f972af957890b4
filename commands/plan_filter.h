// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "planning/change.h"
#include "snapshot/document.h"

namespace CLI {
class App;
}

namespace honua::commands {

// Whom a change concerns: who calls the server, who runs it, who answers for what it gives away.
enum class Contract : std::uint8_t { api, ops, security };
[[nodiscard]] bool concerns(Contract contract, const planning::Change& change);

// Which changes of a plan are asked for, and how bad they count.
class PlanFilter {
 public:
  void add_options(CLI::App& app);
  // Reads what the options say; says what is wrong with them.
  [[nodiscard]] bool read(CommandEnv& env);

  // Gives changes the levels that were asked for.
  void set_levels(planning::ChangeSet& plan) const;
  // Whether it is in the part that was asked for, and not accepted: what options that fail look at.
  [[nodiscard]] bool is_judged(const planning::Change& change) const;
  // The same, and bad enough to be shown.
  [[nodiscard]] bool is_shown(const planning::Change& change) const;
  // Says which paths are about nothing on either side.
  void note_unknown_paths(const snapshot::Document& before, const snapshot::Document& after,
                          CommandEnv& env) const;

 private:
  // Changes of a rule get the level; those at or below an address are no worse.
  struct LevelRequest {
    const planning::ChangeRule* rule = nullptr;
    std::string address;
    planning::Level level = planning::Level::neutral;
  };

  [[nodiscard]] bool read_areas(CommandEnv& env) const;
  [[nodiscard]] bool read_paths(CommandEnv& env);
  [[nodiscard]] bool read_contracts(CommandEnv& env);
  [[nodiscard]] bool read_levels(CommandEnv& env);

  std::optional<planning::Level> only_;
  std::vector<std::string> areas_;
  std::vector<std::string> paths_;
  std::vector<std::string> contract_names_;
  std::vector<std::string> level_texts_;
  std::vector<Contract> contracts_;
  std::vector<LevelRequest> levels_;
};

}  // namespace honua::commands
