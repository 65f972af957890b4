// SPDX-License-Identifier: MIT
#include "commands/watch_command.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/publish_snapshot.h"
#include "commands/read_count.h"
#include "endpoint/post_listener.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "watching/listeners.h"

namespace honua::commands {

namespace {

// Longer quiet times are mistakes: every save would be told that much later.
constexpr std::uint32_t max_debounce = 10'000;
// Asking more often than that is what events are for; less often, nobody would wait for it.
constexpr std::uint32_t min_poll = 10;
// Who spreads a change over more than an hour publishes more often than that.
constexpr std::uint32_t longest_splay = 3'600;
constexpr std::uint32_t max_poll = 3'600'000;

constexpr std::array event_formats = {Choice<EventFormat>{"text", EventFormat::text},
                                      Choice<EventFormat>{"jsonl", EventFormat::json_lines}};

}  // namespace

void WatchCommand::add_options(CLI::App& app) {
  add_paths(app, "files or directories (default: what is found here)", settings_.inputs.request.paths);
  add_choice_option(app, "--format", "how to tell events (default: text)", event_formats, settings_.format);
  add_text_option(app, "--environment", "NAME", environment_help, settings_.inputs.request.environment);
  add_text_option(app, "--env-file", "FILE",
                  "variables, as `NAME=value` lines, that count more than the environment's; watched as well",
                  settings_.inputs.environment_file);
  add_text_option(app, "--debounce", "MS", "quiet time after a complete save, 0 to 10000 (default: 5)",
                  debounce_);
  add_text_option(app, "--poll", "MS", "ask for the files that often instead of waiting for events", poll_);
  add_flag(app, "--once", "end after the first event", settings_.once);
  add_text_option(app, "--timeout", "SECONDS", "end after that time", timeout_);
  add_flag(app, "--wait", "if there is no sound configuration at first, wait for one", settings_.waits);
  add_text_option(app, "--state", "DIR",
                  "keep the last good configuration in this directory, for the next run", settings_.state);
  add_flag(app, "--start-from-last-good",
           "if what is there at first cannot be used, begin with what --state has",
           settings_.starts_from_last_good);
  add_listener_options(app);
  add_text_option(app, "--store", "URL", "follow the head of this store, such as dir:/srv/honua",
                  settings_.store.url);
  add_flag(app, "--insecure-store", "use a directory that everybody may write", settings_.store.is_insecure);
  add_flag(app, "--publish", "with --store: publish what the files say while no other instance does",
           settings_.publishes);
  add_text_option(app, "--lease-ttl", "MS",
                  "how long the lease to publish lasts if it is not renewed (default: 10000)", lease_);
  add_text_option(app, "--author", "NAME", "who publishes (default: HONUA_AUTHOR, or the user)",
                  settings_.author);
  add_text_option(app, "--splay", "SECONDS",
                  "take versions of others over at a moment of its own within that time (default: 0)",
                  splay_);
  add_text_option(
      app, "--compat", "PATH",
      "with --publish: tell servers on the channel honua:config:changes that this file has changed",
      settings_.announced);
  add_control_options(app, control_, Baselines::read);
  add_count_options(app, counts_);
}

void WatchCommand::add_listener_options(CLI::App& app) {
  add_list_option(app, "--exec", "COMMAND",
                  "run a program at every change, one at a time, the newest last; may be repeated",
                  programs_);
  add_text_option(app, "--exec-timeout", "SECONDS", "how long such a program may take (default: 30)",
                  program_timeout_);
  add_flag(app, "--shell", "have a shell run the commands of --exec", uses_shell_);
  add_list_option(app, "--signal", "SIGNAL:PIDFILE",
                  "send a signal at every change to the process whose number is in a file; may be repeated",
                  signals_);
  add_list_option(app, "--post", "URL", "post every change to this URL; may be repeated", urls_);
  add_text_option(app, "--write", "FILE",
                  "keep what runs in this file, as a snapshot (.json) or a configuration (.hcl)",
                  settings_.output);
  add_flag(app, "--initial", "tell --exec, --signal and --post of the first configuration, too",
           settings_.tells_first);
  add_text_option(app, "--listen", "ADDRESS",
                  "answer over HTTP at this address and port, such as 127.0.0.1:8642", settings_.address);
}

bool WatchCommand::read_times(CommandEnv& env) {
  std::optional<std::uint32_t> debounce;
  std::optional<std::uint32_t> poll;
  std::optional<std::uint32_t> timeout;
  constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
  if (!read_number_option(debounce_, "--debounce", 0, max_debounce, debounce, env) ||
      !read_number_option(poll_, "--poll", min_poll, max_poll, poll, env) ||
      !read_number_option(timeout_, "--timeout", 1, most, timeout, env))
    return false;
  if (debounce) {
    settings_.loop.debounce.quiet = watching::Duration(*debounce);
    // Whoever wants to wait longer wants that for files that are still open, too.
    settings_.loop.debounce.open_quiet =
        std::max(settings_.loop.debounce.open_quiet, settings_.loop.debounce.quiet);
    settings_.loop.debounce.cap = std::max(settings_.loop.debounce.cap, settings_.loop.debounce.quiet);
  }
  if (poll) settings_.loop.poll = watching::Duration(*poll);
  if (timeout) settings_.timeout = std::chrono::seconds(*timeout);
  return true;
}

bool WatchCommand::read_programs(Listeners& listeners, CommandEnv& env) {
  std::optional<std::uint32_t> seconds;
  if (!read_count_option(program_timeout_, "--exec-timeout", seconds, env)) return false;
  const auto timeout =
      seconds ? std::chrono::milliseconds(std::chrono::seconds(*seconds)) : watching::usual_listener_timeout;
  for (const std::string& one : programs_) {
    Result<std::vector<std::string>> words = std::vector<std::string>{"/bin/sh", "-c", one};
    if (!uses_shell_) words = watching::split_command(one);
    if (!words) {
      print_error(
          env, "`--exec` cannot run " + text::quoted(text::mask_secrets(one)) + ": " + words.error().message);
      return false;
    }
    listeners.push_back(std::make_unique<watching::ProgramListener>(*std::move(words), timeout));
  }
  return true;
}

bool WatchCommand::read_listeners(Listeners& listeners, CommandEnv& env) {
  if (!read_programs(listeners, env)) return false;
  for (const std::string& one : signals_) {
    auto target = watching::read_signal_target(one);
    if (!target) {
      print_error(env, "`--signal`: " + target.error().message);
      return false;
    }
    listeners.push_back(std::make_unique<watching::SignalListener>(*std::move(target)));
  }
  for (const std::string& one : urls_) {
    const std::string token = env.environment.get("HONUA_POST_TOKEN").value_or("");
    auto made = endpoint::PostListener::create({one, token});
    if (!made) {
      print_error(env, "`--post`: " + made.error().message);
      return false;
    }
    listeners.push_back(*std::move(made));
  }
  return true;
}

bool WatchCommand::read_store(CommandEnv& env) {
  if (settings_.author.empty()) settings_.author = default_author(env);
  std::optional<std::uint32_t> lease;
  if (!read_lease_duration(lease_, lease, env)) return false;
  if (lease) settings_.lease = std::chrono::milliseconds(*lease);
  std::optional<std::uint32_t> splay;
  if (!read_number_option(splay_, "--splay", 0, longest_splay, splay, env)) return false;
  if (splay) settings_.splay = std::chrono::seconds(*splay);
  if (!settings_.announced.empty() && !settings_.publishes) {
    print_error(env, "`--compat` says nothing without `--publish`", {"who publishes tells servers of it"});
    return false;
  }
  // What is merely set in the environment makes nobody follow.
  if (settings_.publishes && settings_.store.url.empty())
    settings_.store.url = env.environment.get("HONUA_STORE").value_or("");
  if (settings_.store.url.empty() && settings_.publishes) {
    print_error(env, "`--publish` needs a store",
                {"name it with `--store dir:PATH` or `--store redis://HOST`, or in HONUA_STORE"});
    return false;
  }
  if (settings_.store.url.empty() && splay) {
    print_error(env, "`--splay` says nothing without `--store`");
    return false;
  }
  if (settings_.store.url.empty() || settings_.publishes || settings_.inputs.request.paths.empty())
    return true;
  print_error(env, "who follows a store reads no files of its own",
              {"leave the paths out, or publish what they say with `--publish`"});
  return false;
}

// Whether `--write` names a file that the run needs for something else.
bool WatchCommand::is_read_otherwise(CommandEnv& env) const {
  const std::string output = destination_of(settings_.output, env.files);
  const auto is_output = [&](const std::string& path) {
    return !path.empty() && destination_of(path, env.files) == output;
  };
  const auto is_inside = [&](const std::string& directory) {
    const std::string identity = directory.empty() ? "" : env.files.identity(directory);
    if (identity.empty()) return false;
    const std::filesystem::path path = std::filesystem::path(settings_.inputs.directory) / settings_.output;
    for (auto at = path.parent_path(); at.has_relative_path(); at = at.parent_path()) {
      if (env.files.identity(at.string()) == identity) return true;
    }
    return false;
  };
  constexpr std::string_view scheme = "dir:";
  const std::string& url = settings_.store.url;
  std::string what;
  if (is_output(settings_.inputs.environment_file)) what = "the file of `--env-file`";
  if (is_output(control_.project.path)) what = "the file of `--project`";
  if (is_output(control_.baseline)) what = "the file of `--baseline`";
  if (is_inside(settings_.state)) what = "in the directory of `--state`";
  if (url.starts_with(scheme) && is_inside(url.substr(scheme.size()))) what = "in the store's directory";
  if (what.empty()) return false;
  print_error(env, text::quoted(settings_.output) + " is " + what, {"name another file"});
  return true;
}

bool WatchCommand::check_output(CommandEnv& env) const {
  const auto address =
      settings_.address.empty() ? Result<void>() : endpoint::check_address(settings_.address);
  if (!address) {
    print_error(env, "`--listen`: " + address.error().message);
    return false;
  }
  if (settings_.starts_from_last_good && settings_.state.empty()) {
    print_error(env, "`--start-from-last-good` needs to know where that is",
                {"name the directory with `--state`"});
    return false;
  }
  if (settings_.output.empty()) return true;
  if (settings_.output == "-") {
    print_error(env, "`--write` keeps a file, not standard output",
                {"`--format jsonl` tells of all changes"});
    return false;
  }
  if (is_read_otherwise(env)) return false;
  if (!is_native_name(settings_.output) && !settings_.output.ends_with(".json")) {
    print_error(env,
                text::quoted(settings_.output) + " is neither a snapshot (.json) nor a configuration (.hcl)",
                {"`--write` takes the form from the file's name"});
    return false;
  }
  // Who follows a store reads no configuration.
  if (!settings_.store.url.empty() && !settings_.publishes) return true;
  const InputFiles found = find_input_files(settings_.inputs.request, env.files, env.environment);
  return !is_configuration(settings_.output, settings_.inputs.request, found, "name another file", env);
}

ExitCode WatchCommand::run(CommandEnv& env) {
  settings_.token = env.environment.get("HONUA_WATCH_TOKEN").value_or("");
  Listeners listeners;
  if (!read_watched_inputs(control_, counts_, settings_.inputs, env) || !read_times(env) ||
      !read_listeners(listeners, env) || !read_store(env) || !check_output(env))
    return ExitCode::usage;
  return WatchRun(settings_, std::move(listeners), env).run();
}

}  // namespace honua::commands
