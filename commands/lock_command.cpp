// SPDX-License-Identifier: MIT
#include "commands/lock_command.h"

#include <CLI/CLI.hpp>

#include "commands/held_program.h"
#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

void LockCommand::add_options(CLI::App& app) {
  app.add_option("COMMAND", words_, "the program to run, behind `--`")->option_text("-- COMMAND...");
  add_text_option(app, "--name", "NAME", "of the lease (default: lock)", name_);
  add_store_options(app, access_);
  add_lease_options(app, lease_options_);
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
  // What the program has started may outlive us.
  lease_.ends_with_process = false;
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  ExitCode code = ExitCode::failure;
  const auto lease =
      take_lease(*store, name_, lease_, text::quoted(name_), "wait longer with `--lock-wait`", code, env);
  return lease ? run_held(*store, lease->lease(), words_, env) : code;
}

}  // namespace honua::commands
