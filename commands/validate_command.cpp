// SPDX-License-Identifier: MIT
#include "commands/validate_command.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/baseline_file.h"
#include "commands/environment_option.h"
#include "commands/github_summary.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/read_count.h"
#include "commands/report_formats.h"
#include "commands/run_report.h"
#include "commands/shown_diff.h"
#include "commands/validate_report.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// Places in a note; more would hide what else there is to say.
constexpr std::size_t max_listed_places = 10;

// For a database to answer, in seconds: more would keep a whole run waiting for one that is down.
constexpr std::uint32_t default_timeout = 10;

// `--fix`, which takes a value only behind `=`: what follows it may be a path.
void add_fix_option(CLI::App& app, std::string& target) {
  const auto check = [](const std::string& given) {
    if (given == "safe" || given == "unsafe") return std::string();
    return text::quoted(given) + " is no value of `--fix`; expected one of safe, unsafe";
  };
  app.add_flag("--fix{safe}", target, "mend findings whose fix is safe; --fix=unsafe mends all that have one")
      ->check(check, "");
}

}  // namespace

void ValidateCommand::add_options(CLI::App& app) {
  add_paths(app, "files, directories or - (default: what is found here)", request_.paths);
  add_report_format_option(app, format_);
  add_report_option(app, reports_);
  add_color_option(app, color_);
  add_fix_option(app, fix_);
  add_flag(app, "--diff",
           "show what --fix would change instead of the report, and write nothing; secrets are masked",
           diff_);
  add_flag(app, "--syntax-only", "do not evaluate expressions", syntax_only_);
  add_flag(app, "--expressions-only", "check each file for itself, not what its blocks mean",
           expressions_only_);
  add_flag(app, "--full,--live", "also read the databases, and hold the layers to what is in them", full_);
  add_text_option(app, "--timeout", "SECONDS", "how long each database may take with --full (default: 10)",
                  timeout_);
  add_count_options(app, counts_);
  add_dialect_option(app, check_.dialect);
  add_control_options(app, control_);
  add_text_option(app, "--environment", "NAME", environment_help, request_.environment);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", request_.stdin_filename);
}

// Options that tell how to look at what is not looked at.
void ValidateCommand::note_unused_options(const InputFiles& found, CommandEnv& env) const {
  const bool blocks_count =
      check_.depth == CheckDepth::everything && check_.dialect == syntax::Dialect::honua;
  if (!blocks_count && control_.target)
    print_note(env, "`--target` was not used: it concerns what the blocks mean");
  if (!blocks_count && full_) print_note(env, "`--full` was not used: it concerns what the blocks mean");
  if (!full_ && !timeout_.empty()) print_note(env, "`--timeout` was not used: it concerns `--full`");
  if (!blocks_count && !counts_.instances.empty())
    print_note(env, "`--instances` was not used: it concerns what the blocks mean");
  if (!blocks_count && !counts_.database_connections.empty())
    print_note(env, "`--db-max-connections` was not used: it concerns what the blocks mean");
  if (check_.depth == CheckDepth::syntax &&
      control_.environment.value_or(EnvironmentMode::note) != EnvironmentMode::note)
    print_note(env, "`--env` was not used: it concerns expressions, which were not evaluated");
  note_unused_environment(request_, found, env);
  note_unread_files(found, env);
}

bool ValidateCommand::take_over(const Control& control, CommandEnv& env) {
  check_.environment = control.environment;
  check_.target = control.target;
  check_.levels = control.levels;
  if (syntax_only_) {
    check_.depth = CheckDepth::syntax;
  } else if (expressions_only_) {
    check_.depth = CheckDepth::expressions;
  }
  if (!read_numbers(control.project, env)) return false;
  if (request_.paths.empty()) request_.paths = control.project.paths;
  if (request_.environment.empty()) request_.environment = control.project.environment.value_or("");
  return true;
}

bool ValidateCommand::read_numbers(const ProjectSettings& project, CommandEnv& env) {
  std::optional<std::uint32_t> timeout;
  if (!read_count_option(timeout_, "--timeout", timeout, env)) return false;
  if (full_) check_.live = std::chrono::seconds(timeout.value_or(default_timeout));
  return read_counts(counts_, project, check_, env);
}

Identities ValidateCommand::identities(const Control& control) const {
  const bool for_report =
      needs_identities(format_) ||
      std::ranges::any_of(reports_, [](const ReportFile& one) { return needs_identities(one.format); });
  const bool for_baseline = !control.baseline.empty() || !control_.write_baseline.empty();
  return for_report || for_baseline ? Identities::found : Identities::left_out;
}

bool ValidateCommand::publish(const diagnostics::Report& report, const InputFiles& inputs,
                              const Control& control, CommandEnv& env) const {
  const bool color = use_color(color_, env.environment, env.out_is_terminal);
  if (!diff_) env.out << render_report(report, format_, {color, has_github_summary(env)});
  if (format_ == Format::github) add_github_summary(report, request_, inputs, other_files(control), env);
  return write_report_files(reports_, report, env);
}

std::vector<std::string> ValidateCommand::other_files(const Control& control) const {
  return {control.baseline, control_.write_baseline, control.project.path};
}

ExitCode ValidateCommand::run(CommandEnv& env) {
  if (!check_environment_name(request_.environment, env)) return ExitCode::usage;
  if (syntax_only_ && expressions_only_) {
    print_error(env, "`--syntax-only` and `--expressions-only` exclude each other",
                {"`--syntax-only` stops earlier"});
    return ExitCode::usage;
  }
  const auto control = settle(control_, env);
  if (!control || !take_over(*control, env)) return ExitCode::usage;
  const InputFiles inputs = find_input_files(request_, env.files, env.environment);
  if (!check_report_files(reports_, request_, inputs, other_files(*control), env)) return ExitCode::usage;
  if (!check_baseline_file(inputs, *control, env)) return ExitCode::usage;
  if (!fix_.empty() || diff_)
    return check_fix_options(inputs, env) ? run_fixes(inputs, *control, env) : ExitCode::usage;
  return finish(check_files(inputs, check_, env), inputs, *control, env);
}

ExitCode ValidateCommand::finish(const CheckResult& result, const InputFiles& inputs, const Control& control,
                                 CommandEnv& env) {
  diagnostics::Report report = make_report(result, identities(control), env);
  report.threshold = threshold_of(control.fail_on);
  const bool has_baseline = keep_baseline(control_.write_baseline, control, check_, report, env);
  const bool all_written = publish(report, inputs, control, env) && has_baseline;
  print_account(result, report, format_, check_, env);
  const bool reads_standard_input = std::ranges::any_of(inputs.files, &InputFile::is_standard_input);
  if (fix_.empty() && !diff_ && !reads_standard_input) note_fixable(report, format_, check_.target, env);
  if (diff_ && !report.findings.empty())
    print_note(env, "findings that would stay are reported without `--diff`");
  note_unused_options(inputs, env);
  if (!result.failures.empty() || !all_written) return ExitCode::failure;
  return reaches_threshold(report) ? ExitCode::findings : ExitCode::done;
}

bool ValidateCommand::check_baseline_file(const InputFiles& inputs, const Control& control,
                                          CommandEnv& env) const {
  const std::string& list = control_.write_baseline;
  if (list.empty()) return true;
  if (list == "-") {
    print_error(env, "`--write-baseline` writes a file, not standard output");
    return false;
  }
  if (is_configuration(list, request_, inputs, "name another file for the baseline", env)) return false;
  const std::string& project = control.project.path;
  if (project.empty() || destination_of(list, env.files) != destination_of(project, env.files)) return true;
  print_error(env, text::quoted(list) + " is the project file, which this run reads",
              {"name another file for the baseline"});
  return false;
}

bool ValidateCommand::check_fix_options(const InputFiles& inputs, CommandEnv& env) const {
  const bool has_standard_input = std::any_of(inputs.files.begin(), inputs.files.end(),
                                              [](const InputFile& one) { return one.is_standard_input(); });
  if (has_standard_input) {
    print_error(env, "standard input cannot be fixed", {"`honua fmt -` prints it in canonical form"});
    return false;
  }
  for (const InputFile& one : inputs.files) {
    if (env.files.kind(one.path) != FileKind::other) continue;
    print_error(env, "`" + one.name + "` is a pipe or a device: only files can be fixed");
    return false;
  }
  if (diff_ && (!control_.write_baseline.empty() || !reports_.empty())) {
    print_error(env, "`--diff` shows texts that are not written: a report or a baseline would be about them",
                {"leave out `--diff`, or write the file in a run of its own"});
    return false;
  }
  if (diff_ && format_ != Format::human) {
    print_error(env, "`--diff` and `--format` exclude each other: both are about standard output");
    return false;
  }
  return true;
}

void ValidateCommand::note_fixed(const FixedFiles& fixed, CommandEnv& env) const {
  if (!fixed.result.failures.empty()) {
    print_note(env, "nothing was mended: not everything could be read");
    if (std::ranges::find(request_.paths, "unsafe") != request_.paths.end())
      print_note(env, "`unsafe` was taken for a path: `--fix=unsafe` is written with `=`");
    return;
  }
  print_note(env, (diff_ ? "would mend " : "mended ") + count_of(fixed.count, "finding") + " in " +
                      count_of(fixed.files.size(), "file"));
  if (fixed.left_out.empty()) return;
  std::string places;
  for (std::size_t i = 0; i < fixed.left_out.size() && i < max_listed_places; ++i)
    places += (i == 0 ? "" : ", ") + fixed.left_out[i];
  if (fixed.left_out.size() > max_listed_places)
    places += " and " + std::to_string(fixed.left_out.size() - max_listed_places) + " more";
  print_note(env, count_of(fixed.left_out.size(), "finding") +
                      (fixed.left_out.size() == 1 ? " was" : " were") +
                      " not mended, since that would not help: " + places);
}

ExitCode ValidateCommand::run_fixes(const InputFiles& inputs, const Control& control, CommandEnv& env) {
  const auto baseline = baseline_of(control, env.files);
  // Which says what is wrong with it.
  if (!baseline) return finish(check_files(inputs, check_, env), inputs, control, env);
  const auto report_of = [&](const CheckResult& result) {
    diagnostics::Report report = make_report(result, identities(control), env);
    const auto none_is_gone = [](std::string_view) { return false; };
    diagnostics::apply(*baseline, control.levels, none_is_gone, report);
    return report;
  };
  using diagnostics::FixSafety;
  const FixedFiles fixed =
      fix_files(inputs, check_, report_of, fix_ == "unsafe" ? FixSafety::unsafe : FixSafety::safe, env);
  if (diff_) {
    for (const FixedFile& one : fixed.files) env.out << shown_diff(one.before, one.after, one.input.name);
  }
  const bool is_written = diff_ || write_fixed(fixed.files, env);
  if (!is_written) {
    // What is reported is what the files hold now.
    (void)finish(check_files(inputs, check_, env), inputs, control, env);
    return ExitCode::failure;
  }
  const ExitCode code = finish(fixed.result, inputs, control, env);
  note_fixed(fixed, env);
  const bool is_pending = diff_ && !fixed.files.empty() && code == ExitCode::done;
  return is_pending ? ExitCode::findings : code;
}

}  // namespace honua::commands
