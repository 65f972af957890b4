// SPDX-License-Identifier: MIT
#include "commands/store_command.h"

#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "text/mask.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

constexpr std::uint32_t usual_kept = 50;      // versions
constexpr std::uint32_t usual_age = 60 * 60;  // seconds: longer than any publishing takes

}  // namespace

void StoreCommand::add_options(CLI::App& app) {
  app.add_option("ACTION", action_, "`gc` or `verify`")->option_text("ACTION");
  add_store_options(app, access_);
  add_text_option(app, "--keep", "N", "how many of the newest versions `gc` keeps whole (default: 50)",
                  keep_);
  add_text_option(app, "--age", "SECONDS", "how old what `gc` takes away is at least (default: 3600)", age_);
  add_lease_options(app, lease_options_);
}

ExitCode StoreCommand::verify(coordination::Store& store, CommandEnv& env) {
  const auto faults = store.verify();
  if (!faults) {
    print_trouble(faults.error(), store, env);
    return ExitCode::failure;
  }
  for (const coordination::StoreFault& one : *faults)
    env.out << text::printable(one.place) << ": " << text::printable(one.message) << "\n";
  print_note(env,
             store.name() + " has " + (faults->empty() ? "no faults" : count_of(faults->size(), "fault")));
  return faults->empty() ? ExitCode::done : ExitCode::findings;
}

ExitCode StoreCommand::collect(coordination::Store& store, CommandEnv& env) const {
  ExitCode code = ExitCode::failure;
  const auto lease = take_lease(store, coordination::publisher_lease, lease_, "to publish",
                                "wait longer with `--lock-wait`", code, env);
  if (!lease) return code;
  const auto collected = store.collect(kept_, std::chrono::seconds(seconds_), lease->lease());
  if (!collected) {
    print_trouble(collected.error(), store, env);
    return ExitCode::failure;
  }
  env.out << "took away " << count_of(collected->objects, "snapshot") << ", "
          << count_of(collected->temporary, "unfinished file") << ", " << count_of(collected->leases, "file")
          << " of old leases and " << count_of(collected->instances, "instance") << "\n";
  return ExitCode::done;
}

ExitCode StoreCommand::run(CommandEnv& env) {
  if (action_ != "gc" && action_ != "verify") {
    print_error(env,
                action_.empty() ? "`honua store` needs an action"
                                : "there is no action " + text::quoted(text::mask_secrets(action_)),
                {"`honua store gc` collects, `honua store verify` looks for faults"});
    return ExitCode::usage;
  }
  const auto times = read_lease_times(lease_options_, env);
  std::optional<std::uint32_t> keep;
  std::optional<std::uint32_t> age;
  if (!times || !read_count_option(keep_, "--keep", keep, env)) return ExitCode::usage;
  if (age_ == "0")
    age = 0;
  else if (!read_count_option(age_, "--age", age, env))
    return ExitCode::usage;
  lease_ = *times;
  kept_ = keep.value_or(usual_kept);
  seconds_ = age.value_or(usual_age);
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  return action_ == "verify" ? verify(*store, env) : collect(*store, env);
}

}  // namespace honua::commands
