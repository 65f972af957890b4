// SPDX-License-Identifier: MIT
#include "commands/plan_command.h"

#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/accepted_changes.h"
#include "commands/environment_option.h"
#include "commands/git_files.h"
#include "commands/messages.h"
#include "planning/endpoints.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using planning::Change;

// What git gives a program that compares: path, then file, hash and mode of both sides; more for a renamed
// file.
constexpr std::size_t driver_arguments = 7;

}  // namespace

void PlanCommand::add_options(CLI::App& app) {
  add_paths(app, "what was, and what will be: see below", sides_);
  static constexpr std::array fail_levels = {
      Choice<FailLevel>{"breaking", FailLevel::breaking}, Choice<FailLevel>{"risky", FailLevel::risky},
      Choice<FailLevel>{"additive", FailLevel::additive}, Choice<FailLevel>{"any", FailLevel::any}};
  add_choice_option(app, "--format", "how to show it (default: human)", plan_formats, format_);
  add_choice_option(app, "--fail-on", "exit with 1 if a change is at least as bad", fail_levels, fail_on_);
  add_flag(app, "--fail-on-security", "exit with 1 if a change makes the server less secure",
           fail_on_security_);
  add_flag(app, "--exit-code", "exit with 1 if there is any change", exit_code_);
  filter_.add_options(app);
  add_text_option(app, "--accepted", "FILE", "leave out the changes that this file accepts", accepted_);
  add_list_option(app, "--moved", "OLD=NEW",
                  "a layer or field that is only called otherwise, such as layer.a=layer.b; may be repeated",
                  move_texts_);
  outputs_.add_options(app);
  add_text_option(
      app, "--expect", "FILE|HASH",
      "exit with 1 if the sides are not those of this saved plan, or the new one has another hash",
      expected_);
  add_flag(app, "--show-endpoints", "also list the addresses that come and go (only with `human`)",
           show_endpoints_);
  add_flag(app, "--git-driver", "compare as git's external diff asks for; exits with 0", is_git_driver_);
  add_color_option(app, color_);
  add_text_option(app, "--environment", "NAME", environment_help, environment_);
  add_text_option(app, "--stdin-filename", "NAME", "what to call standard input", stdin_filename_);
}

bool PlanCommand::find_driver_sides(CommandEnv& env) {
  if (sides_.size() < driver_arguments) {
    print_error(env, "`--git-driver` takes the arguments that git gives to an external diff",
                {"git config diff.honua.command 'honua plan --git-driver'"});
    return false;
  }
  before_.spec = sides_[1];
  after_.spec = sides_[4];
  before_.tolerates_errors = after_.tolerates_errors = true;
  before_.shown_name = "a/" + sides_[0];
  after_.shown_name = "b/" + sides_[0];
  return true;
}

bool PlanCommand::find_sides(CommandEnv& env) {
  if (is_git_driver_) return find_driver_sides(env);
  if (sides_.size() > 2) {
    print_error(env, "a plan has two sides, " + std::to_string(sides_.size()) + " were given",
                {"name a directory to compare all its files as one configuration"});
    return false;
  }
  after_.spec = sides_.empty() ? "" : sides_.back();
  before_.spec = sides_.size() == 2 ? sides_.front() : "git:HEAD";
  before_.tolerates_errors = true;
  // A revision may stand alone where no file is called so.
  const bool is_revision = !read_git_spec(before_.spec, env.files) && before_.spec != "-" &&
                           !env.files.exists(before_.spec) &&
                           read_git_spec("git:" + before_.spec, env.files) &&
                           form_of(before_.spec) == SourceForm::native && !is_native_name(before_.spec);
  if (is_revision) before_.spec = "git:" + before_.spec;
  before_.here = after_.spec;
  if (before_.spec == "-" && after_.spec == "-") {
    print_error(env, "standard input cannot be both sides");
    return false;
  }
  return true;
}

bool PlanCommand::read_options(CommandEnv& env) {
  for (const std::string& text : move_texts_) {
    auto move = planning::read_move(text);
    if (!move) {
      print_error(env, move.error().message);
      return false;
    }
    moves_.push_back(*std::move(move));
  }
  return filter_.read(env) && outputs_.read(env) && check_environment_name(environment_, env);
}

bool PlanCommand::read_files(CommandEnv& env) {
  if (!accepted_.empty()) {
    auto read = read_acceptances(accepted_, env);
    if (!read) return false;
    acceptances_ = *std::move(read);
  }
  if (!expected_.empty()) expectation_ = read_expected_plan(expected_, env);
  return expected_.empty() || expectation_;
}

bool PlanCommand::write(const LoadedSnapshot& before, const LoadedSnapshot& after,
                        const planning::PlanReport& report, CommandEnv& env) const {
  PlanTexts texts;
  if (needs_texts(format_) || outputs_.needs_texts()) texts = {before.text(), after.text()};
  env.out << render_plan(report, texts, format_, use_color(color_, env.environment, env.out_is_terminal),
                         env.clock.now());
  if (show_endpoints_ && format_ == PlanFormat::human)
    env.out << planning::render_endpoints(planning::compare_endpoints(*before.document, *after.document));
  return outputs_.write(report, texts, env);
}

ExitCode PlanCommand::judge(const planning::PlanReport& report) const {
  if (is_git_driver_) return ExitCode::done;
  const bool fails = std::ranges::any_of(report.shown, [this](const Change* one) {
    const bool is_bad = fail_on_ && (*fail_on_ == FailLevel::any ||
                                     static_cast<int>(one->level) <= static_cast<int>(*fail_on_));
    return exit_code_ || is_bad || (fail_on_security_ && one->security == planning::Security::weaker);
  });
  return fails ? ExitCode::findings : ExitCode::done;
}

ExitCode PlanCommand::run(CommandEnv& env) {
  if (!read_options(env) || !find_sides(env)) return ExitCode::usage;
  for (SnapshotRequest* side : {&before_, &after_}) {
    side->environment = environment_;
    side->stdin_filename = stdin_filename_;
    side->color = color_;
  }
  if (!read_files(env)) return ExitCode::failure;
  const snapshot::SecretDigest digest;
  const auto after = load_snapshot(after_, digest, env);
  const auto before = load_snapshot(before_, digest, env);
  if (!before || !after) return is_git_driver_ ? ExitCode::done : ExitCode::failure;
  if (outputs_.replace_inputs(*before, *after, {accepted_, expected_}, env)) return ExitCode::usage;
  return compare(*before, *after, env);
}

ExitCode PlanCommand::compare(const LoadedSnapshot& before, const LoadedSnapshot& after,
                              CommandEnv& env) const {
  const auto moves = planning::Moves::find(moves_, *before.document, *after.document);
  if (!moves) {
    print_error(env, moves.error().message);
    return ExitCode::usage;
  }
  planning::ChangeSet plan = planning::make_plan(before.side(), after.side(), *moves);
  filter_.set_levels(plan);
  accept_changes(acceptances_, plan, env);
  const bool with_hash = format_ == PlanFormat::json || outputs_.has(PlanFormat::json) || expectation_;
  planning::PlanReport report{&plan, before.report_side(with_hash), after.report_side(with_hash), {}, 0};
  for (const Change& one : plan.changes) {
    if (filter_.is_shown(one)) report.shown.push_back(&one);
    report.accepted += one.is_accepted ? 1 : 0;
  }
  if (!write(before, after, report, env)) return ExitCode::failure;
  if (expectation_ && !is_as_expected(*expectation_, report, env)) return ExitCode::findings;
  return judge(report);
}

}  // namespace honua::commands
