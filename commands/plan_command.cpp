// SPDX-License-Identifier: MIT
#include "commands/plan_command.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include <CLI/CLI.hpp>

#include "commands/accepted_changes.h"
#include "commands/environment_option.h"
#include "commands/git_files.h"
#include "commands/messages.h"
#include "coordination/store.h"
#include "planning/endpoints.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using planning::Change;

// What git gives a program that compares: path, then file, hash and mode of both sides; more for a renamed
// file.
constexpr std::size_t driver_arguments = 7;

// The path that stands in a revision for a side that is none; "" for what is found here.
std::string path_in_revision(const std::string& side, const std::string& stdin_filename,
                             const CommandEnv& env) {
  if (side == "-") return stdin_filename;
  if (!side.empty()) return form_of(side) == SourceForm::json ? "" : side;
  const auto configured = configured_path(env.environment);
  return configured ? configured->path : "";
}

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
  add_flag(app, "--fail-on-drift", "exit with 1 if what runs is not the old side: see --live",
           fail_on_drift_);
  add_flag(app, "--exit-code", "exit with 1 if there is any change", exit_code_);
  filter_.add_options(app);
  add_text_option(app, "--accepted", "FILE", "leave out the changes that this file accepts", accepted_);
  add_list_option(app, "--moved", "OLD=NEW",
                  "a layer or field that is only called otherwise, such as layer.a=layer.b; may be repeated",
                  move_texts_);
  add_text_option(app, "--store", "URL", "compare with the head of this store, where one side is given",
                  store_);
  add_flag(app, "--insecure-store", "use a store that everybody may write", is_insecure_store_);
  add_text_option(app, "--live", "SIDE",
                  "what runs: say, apart from the plan, where it is not the old side (human, json, markdown)",
                  live_.spec);
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
  if (!move_texts_.empty() || !expected_.empty() || !live_.spec.empty() || outputs_.has_files()) {
    print_error(env, "`--git-driver` shows changes and does nothing else",
                {"leave out `--moved`, `--live`, `--expect`, `--out` and `--report`"});
    return false;
  }
  if (sides_.size() < driver_arguments) {
    print_error(env, "`--git-driver` takes the arguments that git gives to an external diff",
                {"git config diff.honua.command 'honua plan --git-driver'"});
    return false;
  }
  before_.spec = sides_[1];
  after_.spec = sides_[4];
  before_.tolerates_errors = after_.tolerates_errors = true;
  before_.shown_name = "a/" + sides_[0];
  // The name of a renamed file follows.
  after_.shown_name = "b/" + (sides_.size() > driver_arguments ? sides_[driver_arguments] : sides_[0]);
  before_.is_part = after_.is_part = true;
  return true;
}

// A revision without a path means the path of the other side.
void PlanCommand::share_path(const CommandEnv& env) {
  const auto before = read_git_spec(before_.spec, env.files);
  const auto after = read_git_spec(after_.spec, env.files);
  if (before && after) {
    if (before->path && !after->path) after_.spec += ":" + *before->path;
    if (after->path && !before->path) before_.spec += ":" + *after->path;
  }
  const std::string files = !after ? after_.spec : !before ? before_.spec : "";
  for (SnapshotRequest* one : {&before_, &after_, &live_})
    one->here = path_in_revision(files, stdin_filename_, env);
}

bool PlanCommand::find_sides(CommandEnv& env) {
  if (is_git_driver_) return find_driver_sides(env);
  if (sides_.size() > 2) {
    print_error(env, "a plan has two sides, " + std::to_string(sides_.size()) + " were given",
                {"name a directory to compare all its files as one configuration"});
    return false;
  }
  after_.spec = sides_.empty() ? "" : sides_.back();
  before_.spec = sides_.size() == 2 ? sides_.front() : store_.empty() ? "git:HEAD" : store_;
  // One revision or version is the old side: what was.
  const bool is_old = coordination::is_store_url(after_.spec) || read_git_spec(after_.spec, env.files);
  if (sides_.size() == 1 && is_old) before_.spec = std::exchange(after_.spec, "");
  before_.tolerates_errors = true;
  // A revision may stand alone where no file is called so.
  const bool is_revision = !before_.spec.starts_with('/') && !coordination::is_store_url(before_.spec) &&
                           !read_git_spec(before_.spec, env.files) && before_.spec != "-" &&
                           !env.files.exists(before_.spec) &&
                           read_git_spec("git:" + before_.spec, env.files) &&
                           form_of(before_.spec) == SourceForm::native && !is_native_name(before_.spec);
  if (is_revision) before_.spec = "git:" + before_.spec;
  share_path(env);
  live_.tolerates_errors = true;
  const auto reads_input = [](const SnapshotRequest* one) { return one->spec == "-"; };
  const std::array<const SnapshotRequest*, 3> all = {&before_, &after_, &live_};
  if (std::ranges::count_if(all, reads_input) > 1) {
    print_error(env, "standard input cannot be two sides");
    return false;
  }
  if (!fail_on_drift_ || !live_.spec.empty()) return true;
  print_error(env, "`--fail-on-drift` needs to know what runs", {"name it with `--live`"});
  return false;
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
  const bool has_drift = report.drift != nullptr && !report.drift->shown.empty();
  // What is not shown may still be bad.
  const bool fails = std::ranges::any_of(report.plan->changes, [this](const Change& one) {
    const bool is_bad = fail_on_ && (*fail_on_ == FailLevel::any ||
                                     static_cast<int>(one.level) <= static_cast<int>(*fail_on_));
    const bool is_weaker = fail_on_security_ && one.security == planning::Security::weaker;
    return (exit_code_ || is_bad || is_weaker) && filter_.is_judged(one);
  });
  return fails || (fail_on_drift_ && has_drift) ? ExitCode::findings : ExitCode::done;
}

ExitCode PlanCommand::run(CommandEnv& env) {
  if (!read_options(env)) return ExitCode::usage;
  // Of a path with conflicts git tells the name alone.
  if (is_git_driver_ && sides_.size() == 1) {
    env.out << "plan: " << text::printable(sides_.front()) << " has conflicts that are not resolved\n";
    return ExitCode::done;
  }
  if (!find_sides(env)) return ExitCode::usage;
  for (SnapshotRequest* side : {&before_, &after_, &live_}) {
    side->environment = environment_;
    side->is_insecure_store = is_insecure_store_;
    side->stdin_filename = stdin_filename_;
    side->color = color_;
  }
  if (!read_files(env)) return is_git_driver_ ? ExitCode::done : ExitCode::failure;
  after_.counts_errors = !is_git_driver_;
  const snapshot::SecretDigest digest;
  const bool has_live = !live_.spec.empty();
  const auto after = load_snapshot(after_, digest, env);
  const auto before = load_snapshot(before_, digest, env);
  const auto live = has_live ? load_snapshot(live_, digest, env) : nullptr;
  if (!before || !after || (has_live && !live)) return is_git_driver_ ? ExitCode::done : ExitCode::failure;
  if (!is_git_driver_) note_unread_files(after->found, env, "compared");
  std::vector<const LoadedSnapshot*> sides = {before.get(), after.get()};
  if (live) sides.push_back(live.get());
  if (outputs_.replace_inputs(sides, {accepted_, expected_}, env)) return ExitCode::usage;
  return compare(*before, *after, live.get(), env);
}

// Those of the moves that the live side has, too.
planning::Moves PlanCommand::moves_of(const snapshot::Document& before,
                                      const snapshot::Document& live) const {
  std::vector<planning::Move> there;
  for (const planning::Move& one : moves_) {
    there.push_back(one);
    if (!planning::Moves::find(there, before, live)) there.pop_back();
  }
  return *planning::Moves::find(there, before, live);
}

ExitCode PlanCommand::compare(const LoadedSnapshot& before, const LoadedSnapshot& after,
                              const LoadedSnapshot* live, CommandEnv& env) const {
  const auto moves = planning::Moves::find(moves_, *before.document, *after.document);
  if (!moves) {
    print_error(env, moves.error().message);
    return ExitCode::usage;
  }
  planning::ChangeSet plan = planning::make_plan(before.side(), after.side(), *moves);
  filter_.set_levels(plan);
  filter_.note_unknown_paths(*before.document, *after.document, env);
  accept_changes(acceptances_, plan, env);
  const bool with_hash = format_ == PlanFormat::json || outputs_.has(PlanFormat::json) || expectation_;
  planning::PlanReport report{&plan,  before.report_side(with_hash), after.report_side(with_hash), {}, 0,
                              nullptr};
  for (const Change& one : plan.changes) {
    if (filter_.is_shown(one)) report.shown.push_back(&one);
    report.accepted += one.is_accepted ? 1 : 0;
  }
  planning::ChangeSet drifted;
  planning::Drift drift;
  if (live != nullptr) {
    drifted = planning::make_plan(before.side(), live->side(), moves_of(*before.document, *live->document));
    filter_.set_levels(drifted);
    drift.live = live->report_side(with_hash);
    for (const Change& one : drifted.changes) {
      // How its files are written is no drift.
      const bool is_style =
          one.rule == &planning::rules::format_only || one.rule == &planning::rules::variable_only;
      if (!is_style && filter_.is_shown(one)) drift.shown.push_back(&one);
    }
    report.drift = &drift;
  }
  if (!write(before, after, report, env)) return ExitCode::failure;
  if (expectation_ && !is_as_expected(*expectation_, report, env)) return ExitCode::findings;
  return judge(report);
}

}  // namespace honua::commands
