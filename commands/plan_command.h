// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/accepted_changes.h"
#include "commands/command.h"
#include "commands/expected_plan.h"
#include "commands/plan_filter.h"
#include "commands/plan_formats.h"
#include "commands/plan_input.h"
#include "commands/plan_outputs.h"
#include "commands/shared_options.h"
#include "planning/moves.h"

namespace honua::commands {

inline constexpr std::string_view plan_examples =
    "Examples:\n"
    "  honua plan                              the configuration found here against the last commit\n"
    "  honua plan git:main conf/               the branch main against the files here\n"
    "  honua plan old.hcl new.hcl --fail-on breaking\n"
    "  honua plan deployed.json conf/          a saved snapshot against the files here\n"
    "  honua plan git:HEAD~1 . --format markdown\n"
    "  honua plan git:HEAD --moved layer.roads=layer.streets\n"
    "  honua plan --out reviewed.json, later honua plan --expect reviewed.json\n"
    "  honua plan --store redis://host conf/   what publishing it would change\n"
    "  honua plan dir:/srv/honua@12 dir:/srv/honua@head\n"
    "\n"
    "A side is a file, a directory, -, a snapshot, a version of a store (dir:PATH@12, redis://HOST@head),\n"
    "git:REV or git:REV:PATH; git:main... is what main and this branch come from. With one side, that is "
    "the\n"
    "new one, and the old one is the same path in the last commit, or the head of --store; but one revision\n"
    "is the old side, and the new one is what is found here.\n"
    "\n"
    "As git's diff driver: `git config diff.honua.command 'honua plan --git-driver --'` and, in\n"
    ".gitattributes, `*.hcl diff=honua`.\n"
    "\n"
    "Exit codes: 0 compared, 1 there are changes of the kind that --fail-on, --fail-on-security or\n"
    "--exit-code ask for, or the sides are not those of --expect, 2 wrong usage, 3 a side could not be read\n"
    "or has errors.";

// `honua plan OLD NEW`: what a change of the configuration means.
class PlanCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class FailLevel : std::uint8_t { breaking, risky, additive, any };

  bool find_sides(CommandEnv& env);
  bool find_driver_sides(CommandEnv& env);
  void share_path(const CommandEnv& env);
  bool read_options(CommandEnv& env);
  bool read_files(CommandEnv& env);
  [[nodiscard]] planning::Moves moves_of(const snapshot::Document& before,
                                         const snapshot::Document& live) const;
  // `live`: nullptr where nobody asked for it.
  [[nodiscard]] ExitCode compare(const LoadedSnapshot& before, const LoadedSnapshot& after,
                                 const LoadedSnapshot* live, CommandEnv& env) const;
  [[nodiscard]] bool write(const LoadedSnapshot& before, const LoadedSnapshot& after,
                           const planning::PlanReport& report, CommandEnv& env) const;
  [[nodiscard]] ExitCode judge(const planning::PlanReport& report) const;

  std::vector<std::string> sides_;
  SnapshotRequest before_;
  SnapshotRequest after_;
  SnapshotRequest live_;
  PlanFormat format_ = PlanFormat::human;
  std::optional<FailLevel> fail_on_;
  bool fail_on_security_ = false;
  bool fail_on_drift_ = false;
  bool exit_code_ = false;
  bool is_git_driver_ = false;
  bool show_endpoints_ = false;
  PlanFilter filter_;
  PlanOutputs outputs_;
  std::vector<std::string> move_texts_;
  std::vector<planning::Move> moves_;
  std::string accepted_;
  std::vector<Acceptance> acceptances_;
  std::string expected_;
  std::optional<ExpectedPlan> expectation_;
  std::string environment_;
  std::string store_;
  bool is_insecure_store_ = false;
  std::string stdin_filename_;
  Color color_ = Color::automatic;
};

}  // namespace honua::commands
