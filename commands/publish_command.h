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
    "\n"
    "The configuration is checked as by `honua validate` and compared with the store's head as by\n"
    "`honua plan`. A snapshot holds no secrets: values with a password in the file are refused.\n"
    "\n"
    "Exit codes: 0 published, or there already, 1 refused: errors, changes above --fail-on-change, another\n"
    "head than expected, or somebody else publishes, 2 wrong usage, 3 the files or the store could not be\n"
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
  [[nodiscard]] std::optional<SoundConfiguration> load(ExitCode& code, CommandEnv& env) const;
  [[nodiscard]] bool is_as_required(const SoundConfiguration& sound, const HeadPlan& plan,
                                    CommandEnv& env) const;
  static void show_plan(const HeadPlan& plan, const snapshot::Document& document, CommandEnv& env);
  [[nodiscard]] ExitCode publish(coordination::Store& store, const SoundConfiguration& sound,
                                 CommandEnv& env) const;

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
  bool creates_ = false;
  bool even_if_same_ = false;
  bool takes_over_ = false;
  bool is_trial_ = false;
};

}  // namespace honua::commands
