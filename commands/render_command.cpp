// SPDX-License-Identifier: MIT
#include "commands/render_command.h"

#include <ostream>

#include "commands/environment_option.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/print_findings.h"
#include "commands/validate_report.h"
#include "commands/write_output.h"
#include "rendering/render_upstream.h"

namespace honua::commands {

using diagnostics::Severity;

void RenderCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories or - (default: what is found here)", request_.paths);
  add_target_option(app, "whom to write for: the server at hand", target_);
  add_text_option(app, "-o,--output", "FILE", "replace this file instead of writing to standard output",
                  output_);
  add_flag(app, "--strict", "write nothing if something would be left out", strict_);
  add_color_option(app, color_);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

bool RenderCommand::check_usage(CommandEnv& env) const {
  if (!target_) {
    print_error(env, "`honua render` needs to know whom to write for", {"add `--target upstream`"});
    return false;
  }
  return check_environment_name(request_.environment, env);
}

bool RenderCommand::is_sound(const std::string& text, CommandEnv& env) const {
  const CheckResult rendered = check_text(output_.empty() ? "<rendered>" : output_, text, check_, env);
  if (!rendered.findings.has_errors()) return true;
  (void)print_findings(rendered.findings, Severity::error, rendered.sources, color_, env);
  print_error(env, "nothing was written: without what is left out the rest has errors",
              {"write the values themselves that are left out"});
  return false;
}

ExitCode RenderCommand::run(CommandEnv& env) {
  if (!check_usage(env)) return ExitCode::usage;
  const InputFiles inputs = find_input_files(request_, env.files, env.environment);
  if (!output_.empty() &&
      is_configuration(output_, request_, inputs, "name another file: what is left out would be lost", env))
    return ExitCode::usage;
  const CheckResult result = check_files(inputs, check_, env);
  print_failures(result, env);
  note_unused_environment(request_, inputs, env);
  if (!result.failures.empty()) return ExitCode::failure;
  if (result.findings.has_errors()) {
    (void)print_findings(result.findings, Severity::error, result.sources, color_, env);
    print_error(env, "nothing was written: the configuration has errors");
    return ExitCode::findings;
  }
  diagnostics::Diagnostics lost;
  const std::string text = rendering::render_upstream(result.inputs, lost);
  const std::size_t left_out =
      print_findings(lost, Severity::warning, result.sources, color_, env) + lost.dropped();
  (void)print_findings(lost, Severity::error, result.sources, color_, env);
  const bool is_refused = lost.has_errors();
  if (is_refused || (strict_ && left_out > 0)) {
    print_error(env, is_refused ? "nothing was written: the server needs what would be left out"
                                : "nothing was written: something would be left out");
    return ExitCode::findings;
  }
  if (left_out > 0) print_note(env, count_of(left_out, "thing") + " left out");
  return is_sound(text, env) ? write_output(output_, text, env) : ExitCode::findings;
}

}  // namespace honua::commands
