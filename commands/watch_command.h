// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/run_control.h"
#include "commands/watch_run.h"
#include "watching/listener.h"

namespace honua::commands {

inline constexpr std::string_view watch_examples =
    "Examples:\n"
    "  honua watch conf/                     tell of every change, until SIGINT or SIGTERM\n"
    "  honua watch --format jsonl --exec 'systemctl reload honua'\n"
    "  honua watch --env-file /etc/honua/env --write /run/honua/snapshot.json --signal HUP:/run/honua.pid\n"
    "  honua watch --once --timeout 60       wait for one change\n"
    "\n"
    "A change is told once it is complete and sound: files are read until they are stable, checked as by\n"
    "`honua validate` and compared with the last good configuration as by `honua plan`. What has errors is\n"
    "`rejected`, what is gone `missing`; the last good one stays, and no listener hears of it. SIGHUP looks\n"
    "at once and tells the listeners again, SIGUSR1 prints what runs.\n"
    "\n"
    "Programs of --exec get the event on standard input, and in HONUA_EVENT, HONUA_EVENT_SEQUENCE,\n"
    "HONUA_EVENT_TOKEN, HONUA_EVENT_HASH, HONUA_EVENT_PREVIOUS_HASH and HONUA_EVENT_VERSION.\n"
    "--post sends it as JSON, with HONUA_POST_TOKEN as a bearer token if that is set. `honua schema\n"
    "watch-event` has the schema of events.\n"
    "\n"
    "--listen answers GET /healthz, /readyz, /version, /metrics (Prometheus) and /events (server-sent\n"
    "events), and POST /reload, which looks and tells what came of it: with HONUA_WATCH_TOKEN as a bearer\n"
    "token, and refused where that is not set.\n"
    "\n"
    "With --store an instance follows a store's head: what others publish is checked here, too, and told as "
    "a\n"
    "change. With --publish it competes for the right to publish what its files say, and follows meanwhile.\n"
    "\n"
    "Exit codes: 0 ended as asked, 1 the first configuration has errors, or the event of --once is\n"
    "`rejected`, 2 wrong usage, 3 there is no configuration, or the work could not be done, or --once saw\n"
    "nothing in time.";

// `honua watch [PATH...]`
class WatchCommand final : public Command {
 public:
  void add_options(CLI::App& app) override;
  [[nodiscard]] ExitCode run(CommandEnv& env) override;

 private:
  using Listeners = std::vector<std::unique_ptr<watching::Listener>>;

  void add_listener_options(CLI::App& app);
  // Each says what is wrong with its options.
  [[nodiscard]] bool read_times(CommandEnv& env);
  [[nodiscard]] bool read_listeners(Listeners& listeners, CommandEnv& env);
  [[nodiscard]] bool read_programs(Listeners& listeners, CommandEnv& env);
  [[nodiscard]] bool read_store(CommandEnv& env);
  [[nodiscard]] bool check_output(CommandEnv& env) const;
  [[nodiscard]] bool is_read_otherwise(CommandEnv& env) const;

  WatchSettings settings_;
  ControlOptions control_;
  CountOptions counts_;
  std::string debounce_;
  std::string poll_;
  std::string lease_;
  std::string splay_;
  std::string timeout_;
  std::vector<std::string> programs_;
  std::string program_timeout_;
  bool uses_shell_ = false;
  std::vector<std::string> signals_;
  std::vector<std::string> urls_;
};

}  // namespace honua::commands
