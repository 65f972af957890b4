// SPDX-License-Identifier: MIT
#include "commands/validate_command.h"

#include <algorithm>

#include "commands/messages.h"
#include "commands/validate_report.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

bool reaches(const diagnostics::Diagnostics& findings, FailOn threshold) {
  using diagnostics::Severity;
  if (threshold == FailOn::never) return false;
  // Findings that were only counted may have been of any severity.
  if (findings.dropped() > 0 || findings.has_errors()) return true;
  if (threshold == FailOn::error) return false;
  return findings.count(Severity::warning) > 0 ||
         (threshold == FailOn::info && findings.count(Severity::info) > 0);
}

}  // namespace

void ValidateCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories or - (default: what is found here)", request_.paths);
  add_format_option(app, format_);
  add_color_option(app, color_);
  add_fail_on_option(app, fail_on_);
  add_flag(app, "--syntax-only", "do not evaluate expressions", check_.syntax_only);
  add_dialect_option(app, check_.dialect);
  add_text_option(app, "--environment", "NAME", "lay honua.NAME.hcl over the configuration found here",
                  request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

ExitCode ValidateCommand::run(CommandEnv& env) {
  if (!request_.environment.empty() && !is_environment_name(request_.environment)) {
    print_error(env, "`" + text::printable(request_.environment) + "` cannot name an environment",
                {"environments are called, for instance, production or staging"});
    return ExitCode::usage;
  }
  const CheckResult result = check_files(find_input_files(request_, env.files, env.environment), check_, env);
  print_report(result, format_, use_color(color_, env.environment, env.out_is_terminal), env);
  print_account(result, format_, check_.syntax_only, env);
  if (!request_.environment.empty() && !request_.paths.empty()) {
    print_note(env, "`--environment` was not used: overlays are only looked for when no path is given");
  }
  if (!result.failures.empty()) return ExitCode::failure;
  return reaches(result.findings, fail_on_) ? ExitCode::findings : ExitCode::done;
}

}  // namespace honua::commands
