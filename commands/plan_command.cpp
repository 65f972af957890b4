// SPDX-License-Identifier: MIT
#include "commands/plan_command.h"

#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands/accepted_changes.h"
#include "commands/environment_option.h"
#include "commands/git_files.h"
#include "commands/messages.h"
#include "commands/output_guard.h"
#include "commands/write_output.h"
#include "config/address.h"
#include "planning/endpoints.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using planning::Change;
using planning::Level;

constexpr std::array level_choices = {
    Choice<Level>{"breaking", Level::breaking}, Choice<Level>{"risky", Level::risky},
    Choice<Level>{"additive", Level::additive}, Choice<Level>{"neutral", Level::neutral}};

// What git gives a program that compares: path, then file, hash and mode of both sides; more for a renamed
// file.
constexpr std::size_t driver_arguments = 7;

constexpr std::array<std::string_view, 8> areas = {"layer", "field", "service", "source",
                                                   "cache", "limit", "cors",    "platform"};

bool is_at_or_below(const std::vector<std::string>& paths, const std::string& address) {
  return paths.empty() || std::ranges::any_of(paths, [&](const std::string& one) {
           return config::is_at_or_below(address, one);
         });
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
  add_flag(app, "--exit-code", "exit with 1 if there is any change", exit_code_);
  add_choice_option(app, "--only", "leave out what is less bad", level_choices, only_);
  add_list_option(app, "--area", "AREA",
                  "only layer, field, service, source, cache, limit, cors or platform; may be repeated",
                  areas_);
  add_list_option(app, "--path", "ADDRESS",
                  "only what is at or below an address, such as layer.roads; may be repeated", paths_);
  add_text_option(app, "--accepted", "FILE", "leave out the changes that this file accepts", accepted_);
  add_text_option(app, "--out", "FILE", "also write the plan in JSON, with the hashes of both sides", out_);
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

bool PlanCommand::check_usage(CommandEnv& env) const {
  for (const std::string& area : areas_) {
    if (std::ranges::find(areas, area) != areas.end()) continue;
    print_error(env, unknown_choice("--area", area, {areas.begin(), areas.end()}));
    return false;
  }
  for (const std::string& path : paths_) {
    if (config::canonical_address(path)) continue;
    print_error(env, text::quoted(path) + " is no address", {"addresses are, for instance, `layer.roads`"});
    return false;
  }
  return check_environment_name(environment_, env);
}

bool PlanCommand::is_shown(const Change& change) const {
  if (change.is_accepted || (only_ && change.level > *only_)) return false;
  const bool is_in_area =
      areas_.empty() || std::ranges::find(areas_, to_string(change.rule->area)) != areas_.end();
  return is_in_area && is_at_or_below(paths_, change.address);
}

bool PlanCommand::write(const LoadedSnapshot& before, const LoadedSnapshot& after,
                        const planning::PlanReport& report, CommandEnv& env) const {
  PlanTexts texts;
  if (needs_texts(format_)) texts = {before.text(), after.text()};
  env.out << render_plan(report, texts, format_, use_color(color_, env.environment, env.out_is_terminal),
                         env.clock.now());
  if (show_endpoints_ && format_ == PlanFormat::human)
    env.out << planning::render_endpoints(planning::compare_endpoints(*before.document, *after.document));
  return out_.empty() || write_file(out_, planning::render_plan_json(report), env);
}

bool PlanCommand::replaces_input(const LoadedSnapshot& before, const LoadedSnapshot& after,
                                 CommandEnv& env) const {
  if (out_.empty()) return false;
  const std::string destination = destination_of(out_, env.files);
  for (const std::string& read : {before.saved_path, after.saved_path, accepted_}) {
    if (read.empty() || destination_of(read, env.files) != destination) continue;
    print_error(env, text::quoted(out_) + " is read by this plan: it would be lost", {"name another file"});
    return true;
  }
  return before.is_overwritten_by(out_, env) || after.is_overwritten_by(out_, env);
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
  if (!check_usage(env) || !find_sides(env)) return ExitCode::usage;
  for (SnapshotRequest* side : {&before_, &after_}) {
    side->environment = environment_;
    side->stdin_filename = stdin_filename_;
    side->color = color_;
  }
  std::vector<Acceptance> accepted;
  if (!accepted_.empty()) {
    auto read = read_acceptances(accepted_, env);
    if (!read) return ExitCode::failure;
    accepted = *std::move(read);
  }
  const snapshot::SecretDigest digest;
  const auto after = load_snapshot(after_, digest, env);
  const auto before = load_snapshot(before_, digest, env);
  if (!before || !after) return is_git_driver_ ? ExitCode::done : ExitCode::failure;
  if (replaces_input(*before, *after, env)) return ExitCode::usage;
  planning::ChangeSet plan = planning::make_plan(before->side(), after->side());
  accept_changes(accepted, plan, env);
  const bool with_hash = format_ == PlanFormat::json || !out_.empty();
  planning::PlanReport report{&plan, before->report_side(with_hash), after->report_side(with_hash), {}, 0};
  for (const Change& one : plan.changes) {
    if (is_shown(one)) report.shown.push_back(&one);
    report.accepted += one.is_accepted ? 1 : 0;
  }
  return write(*before, *after, report, env) ? judge(report) : ExitCode::failure;
}

}  // namespace honua::commands
