// SPDX-License-Identifier: MIT
#include "commands/validate_command.h"

#include <algorithm>
#include <charconv>

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
  add_flag(app, "--syntax-only", "do not evaluate expressions", syntax_only_);
  add_flag(app, "--expressions-only", "check each file for itself, not what its blocks mean",
           expressions_only_);
  add_text_option(app, "--instances", "N", "how many instances of the server there are", instances_);
  add_target_option(app, "also report what the server at hand cannot read or does not use", check_.target);
  add_dialect_option(app, check_.dialect);
  add_text_option(app, "--environment", "NAME", "lay honua.NAME.hcl over the configuration found here",
                  request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

ExitCode ValidateCommand::run(CommandEnv& env) {
  if (!check_environment_name(request_.environment, env)) return ExitCode::usage;
  if (!instances_.empty()) {
    std::uint32_t count = 0;
    const char* end = instances_.data() + instances_.size();
    const auto [stop, trouble] = std::from_chars(instances_.data(), end, count);
    if (trouble != std::errc() || stop != end || count == 0) {
      print_error(env,
                  "`--instances` takes a whole number from 1 on, not `" + text::printable(instances_) + "`");
      return ExitCode::usage;
    }
    check_.instances = count;
  }
  if (syntax_only_) {
    check_.depth = CheckDepth::syntax;
  } else if (expressions_only_) {
    check_.depth = CheckDepth::expressions;
  }
  const CheckResult result = check_files(find_input_files(request_, env.files, env.environment), check_, env);
  print_report(result, format_, use_color(color_, env.environment, env.out_is_terminal), env);
  print_account(result, format_, check_, env);
  if (check_.target != config::Target::any &&
      (check_.depth != CheckDepth::everything || check_.dialect != syntax::Dialect::honua)) {
    print_note(env, "`--target` was not used: it concerns what the blocks mean");
  }
  const auto is_directory = [&env](const std::string& path) { return env.files.is_directory(path); };
  if (!request_.environment.empty() && !request_.paths.empty() &&
      std::none_of(request_.paths.begin(), request_.paths.end(), is_directory)) {
    print_note(
        env,
        "`--environment` was not used: overlays are looked for in directories, and where no path is given");
  }
  if (!result.failures.empty()) return ExitCode::failure;
  return reaches(result.findings, fail_on_) ? ExitCode::findings : ExitCode::done;
}

}  // namespace honua::commands
