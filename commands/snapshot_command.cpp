// SPDX-License-Identifier: MIT
#include "commands/snapshot_command.h"

#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/write_output.h"
#include "snapshot/hash.h"
#include "text/sanitize.h"

namespace honua::commands {

void SnapshotCommand::add_options(CLI::App& app) {
  add_paths(app, "a file, a directory, -, git:REV[:PATH] or a snapshot (default: what is found here)",
            paths_);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  add_flag(app, "--hash", "print the hash alone", hash_);
  add_color_option(app, request_.color);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

ExitCode SnapshotCommand::run(CommandEnv& env) {
  if (paths_.size() > 1) {
    print_error(env, "a snapshot is of one configuration, " + std::to_string(paths_.size()) + " were named",
                {"name a directory to take all its files as one configuration"});
    return ExitCode::usage;
  }
  if (!check_environment_name(request_.environment, env)) return ExitCode::usage;
  if (!paths_.empty()) request_.spec = paths_.front();
  const snapshot::SecretDigest digest;
  const auto loaded = load_snapshot(request_, digest, env);
  if (!loaded) return ExitCode::failure;
  const std::string text = loaded->text();
  if (loaded->masked > 0)
    print_note(env, count_of(loaded->masked, "value") +
                        " with a secret in the file: the snapshot leaves the secrets out");
  if (!output_.empty() && loaded->is_overwritten_by(output_, env)) return ExitCode::usage;
  if (is_native_name(output_)) {
    print_error(env, "a snapshot is JSON: " + text::quoted(output_) + " would be read as configuration",
                {"name a file that ends in `.json`"});
    return ExitCode::usage;
  }
  return write_output(output_, hash_ ? snapshot::hash_of(text) + "\n" : text, env);
}

}  // namespace honua::commands
