// SPDX-License-Identifier: MIT
#include "commands/pull_command.h"

#include <array>

#include <CLI/CLI.hpp>

#include "commands/input_files.h"
#include "commands/messages.h"
#include "commands/shared_options.h"
#include "commands/version_argument.h"
#include "commands/write_output.h"
#include "restoring/restore.h"

namespace honua::commands {

void PullCommand::add_options(CLI::App& app) {
  add_version_argument(app, version_, "which version (default: the head)");
  add_store_options(app, access_);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  static constexpr std::array forms = {Choice<Form>{"hcl", Form::hcl}, Choice<Form>{"json", Form::json}};
  add_choice_option(app, "--format",
                    "a configuration file, or the snapshot (default: by the file's name, else hcl)", forms,
                    form_);
}

ExitCode PullCommand::run(CommandEnv& env) {
  const auto version = read_version_argument(version_, env);
  if (!version) return ExitCode::usage;
  const auto store = open_named_store(access_, env);
  if (!store) return ExitCode::failure;
  const auto stored = fetch_version(*store, *version, env);
  if (!stored) return ExitCode::failure;
  const bool is_json =
      form_ == Form::json || (form_ == Form::by_name && form_of(output_) == SourceForm::json);
  if (is_json) return write_output(output_, stored->document.text(), env);
  const restoring::Restored restored = restoring::restore(stored->document);
  if (restored.masked > 0)
    print_note(env,
               count_of(restored.masked, "value") + " with a secret: the snapshot does not hold secrets");
  if (restored.unknown > 0)
    print_note(env, count_of(restored.unknown, "value") + " that nobody could evaluate: left out");
  return write_output(output_, restored.text, env);
}

}  // namespace honua::commands
