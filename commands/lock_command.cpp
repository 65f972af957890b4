// SPDX-License-Identifier: MIT
#include "commands/lock_command.h"

#include <chrono>
#include <csignal>
#include <ostream>

#include <CLI/CLI.hpp>

#include "base/process.h"
#include "commands/messages.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Between renewals: two may fail.
constexpr int renewals_in_lease = 3;
constexpr milliseconds end_patience{10'000};

}  // namespace

void LockCommand::add_options(CLI::App& app) {
  app.add_option("COMMAND", words_, "the program to run, behind `--`")->option_text("-- COMMAND...");
  add_text_option(app, "--name", "NAME", "of the lease (default: lock)", name_);
  add_store_options(app, access_);
  add_lease_options(app, lease_options_);
}

ExitCode LockCommand::run_held(coordination::Store& store, const coordination::Lease& lease,
                               CommandEnv& env) const {
  env.out.flush();
  auto process = RunningProcess::start(words_, {"HONUA_LOCK_FENCE=" + std::to_string(lease.fence)});
  if (!process) {
    print_error(env, "cannot run " + text::quoted(text::mask_secrets(words_.front())) + ": " +
                         process.error().message);
    return ExitCode::failure;
  }
  auto renewed = Clock::now();
  while (true) {
    if (const auto code = process->wait(lease_.duration / renewals_in_lease))
      return static_cast<ExitCode>(*code);
    const auto asked = Clock::now();
    const auto held = store.renew(lease);
    if (held && *held) renewed = asked;
    const bool is_taken = held && !*held;
    if (!is_taken && Clock::now() - renewed < lease_.duration * coordination::trusted_lease_percent / 100)
      continue;
    print_error(env, is_taken ? "the lease was taken over, and the program is asked to end"
                              : "the lease cannot be renewed, and the program is asked to end: " +
                                    held.error().message);
    env.err.flush();
    process->send(SIGTERM);
    if (!process->wait(end_patience)) process->send(SIGKILL);
    (void)process->wait(end_patience);
    return ExitCode::failure;
  }
}

ExitCode LockCommand::run(CommandEnv& env) {
  if (words_.empty()) {
    print_error(env, "there is no program to run", {"honua lock --store dir:PATH -- COMMAND"});
    return ExitCode::usage;
  }
  if (!coordination::is_lease_name(name_)) {
    print_error(env, text::quoted(name_) + " cannot be a lease's name",
                {"names have letters, digits, `-`, `_` and `.`, at most 64 of them"});
    return ExitCode::usage;
  }
  const auto times = read_lease_times(lease_options_, env);
  if (!times) return ExitCode::usage;
  lease_ = *times;
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  ExitCode code = ExitCode::failure;
  const auto lease =
      take_lease(*store, name_, lease_, text::quoted(name_), "wait longer with `--lock-wait`", code, env);
  return lease ? run_held(*store, lease->lease(), env) : code;
}

}  // namespace honua::commands
