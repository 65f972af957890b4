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

inline constexpr std::string_view publish_examples =
    "Examples:\n"
    "  honua publish --store dir:/srv/honua --init           make a store, with a first version\n"
    "  honua publish --store dir:/srv/honua -m 'new layers'  the configuration found here\n"
    "  honua publish --require-plan reviewed.json            only what was looked at (honua plan --out)\n"
    "  honua publish --two-phase --canary 1                  all check it, one runs it, then all do\n"
    "\n"
    "The configuration is checked as by `honua validate` and compared with the store's head as by\n"
    "`honua plan`. A snapshot holds no secrets: values with a password in the file are refused.\n"
    "\n"
    "With --two-phase each live instance checks it in its own environment, and one that refuses it keeps it\n"
    "from being published. With --canary some instances run it first; if one of them rejects it or ends\n"
    "meanwhile, the version before is published once more. Until canaries are done, all others keep what "
    "they\n"
    "run, also if this program ends: --promote goes on then, `honua rollback` goes back.\n"
    "\n"
    "Exit codes: 0 published, or there already, 1 refused: errors, changes above --fail-on-change, another\n"
    "head than expected, instances that object, canaries that fail, or somebody else publishes, 2 wrong "
    "usage, 3 the files or the store could not be\n"
    "used.";

// `honua publish [PATH...] --store URL`
class PublishCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  enum class ChangeLevel : std::uint8_t { breaking, risky, additive, any };

  // Each says what is wrong.
  [[nodiscard]] bool read_inputs(CommandEnv& env);
  [[nodiscard]] bool read_steps(CommandEnv& env);
  [[nodiscard]] std::optional<SoundConfiguration> load(ExitCode& code, CommandEnv& env) const;
  [[nodiscard]] bool is_as_required(const SoundConfiguration& sound, const HeadPlan& plan,
                                    CommandEnv& env) const;
  static void show_plan(const HeadPlan& plan, const snapshot::Document& document, CommandEnv& env);
  [[nodiscard]] ExitCode publish(coordination::Store& store, const SoundConfiguration& sound,
                                 CommandEnv& env) const;
  [[nodiscard]] Publication publication_of(const SoundConfiguration& sound,
                                           const std::optional<coordination::VersionRecord>& head,
                                           const std::string& summary, CommandEnv& env) const;
  [[nodiscard]] bool is_promotion_alone(CommandEnv& env) const;

  StoreAccess access_;
  WatchedInputs inputs_;
  ControlOptions control_;
  CountOptions counts_;
  LeaseOptions lease_options_;
  LeaseTimes lease_{};
  ResultFormat format_ = ResultFormat::human;
  std::optional<ChangeLevel> fail_on_change_;
  std::string message_;
  std::string author_;
  std::string expected_;
  std::optional<std::uint64_t> expected_version_;
  std::string required_;
  std::string request_id_;
  RolloutOptions rollout_options_;
  Rollout rollout_{};
  std::string replicas_;
  std::uint32_t needed_replicas_ = 0;
  std::string announced_;
  bool promotes_ = false;
  bool creates_ = false;
  bool even_if_same_ = false;
  bool takes_over_ = false;
  bool is_trial_ = false;
};

}  // namespace honua::commands
