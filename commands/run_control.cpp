// SPDX-License-Identifier: MIT
#include "commands/run_control.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

// What is wrong with a project file: whoever mends twenty mistakes can run again.
constexpr std::size_t max_project_errors = 20;

// `a,b` is two selectors.
void append_split(std::string_view text, std::vector<std::string>& target) {
  for (;;) {
    const std::size_t comma = text.find(',');
    target.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

std::vector<std::string> split_all(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& one : texts) append_split(one, all);
  return all;
}

// What the command line asks for; nothing, with a message, where that can't be read.
std::optional<RuleRequest> request_of(const ControlOptions& options, CommandEnv& env) {
  RuleRequest request;
  request.select = split_all(options.select);
  request.ignore = split_all(options.ignore);
  for (const std::string& one : options.rules) {
    auto level = split_level(one);
    if (!level) {
      print_error(env, "`--rule` takes a rule and its level, not `" + text::printable(one) + "`",
                  {"for instance `--rule H2006=off`; levels are `off`, `info`, `warning` and `error`"});
      return std::nullopt;
    }
    request.levels.push_back(*std::move(level));
  }
  return request;
}

bool settle_rules(const ControlOptions& options, Control& control, CommandEnv& env) {
  const auto request = request_of(options, env);
  if (!request) return false;
  auto levels = levels_of(control.project.rules, *request);
  if (!levels) {
    print_error(env, levels.error().message, {levels.error().help});
    return false;
  }
  control.levels = *std::move(levels);
  for (const std::string& selector : control.project.protected_rules) {
    for (const diagnostics::Rule* rule : selected_by(selector)) control.levels.protect(*rule);
  }
  return true;
}

}  // namespace

void add_project_options(CLI::App& app, ProjectOptions& options) {
  add_text_option(app, "--project", "FILE", "settings of honua itself (default: .honua.hcl, if there is one)",
                  options.path);
  add_flag(app, "--no-project", "do not look for .honua.hcl", options.no_project);
}

std::optional<ProjectSettings> read_project(const ProjectOptions& options, CommandEnv& env) {
  if (options.no_project && !options.path.empty()) {
    print_error(env, "`--project` and `--no-project` exclude each other");
    return std::nullopt;
  }
  if (options.no_project) return ProjectSettings();
  std::optional<std::string> path = options.path;
  if (path->empty()) path = find_project_file(env.files);
  if (!path) return ProjectSettings();
  ProjectFile file = read_project_file(*path, env.files);
  const std::size_t shown = std::min(file.errors.size(), max_project_errors);
  for (std::size_t i = 0; i < shown; ++i) print_error(env, file.errors[i].message, {file.errors[i].help});
  if (file.errors.size() > shown)
    print_note(env, count_of(file.errors.size() - shown, "more error") + " in " + text::quoted(*path));
  if (!file.errors.empty()) return std::nullopt;
  return std::move(file.settings);
}

void add_control_options(CLI::App& app, ControlOptions& options, Baselines baselines) {
  add_fail_on_option(app, options.fail_on);
  add_list_option(app, "--rule", "RULE=LEVEL",
                  "how much a rule counts: off, info, warning or error; may be repeated", options.rules);
  add_list_option(
      app, "--select", "RULES",
      "only these rules: codes, their beginnings, names, categories or all (`honua explain --list` has "
      "them), in commas; may be repeated",
      options.select);
  add_list_option(app, "--ignore", "RULES", "all but these rules; may be repeated", options.ignore);
  add_text_option(app, "--baseline", "FILE", "leave out the findings that FILE lists", options.baseline);
  if (baselines == Baselines::read_and_write)
    add_text_option(app, "--write-baseline", "FILE", "list all findings in FILE, for --baseline",
                    options.write_baseline);
  add_project_options(app, options.project);
  add_target_option(app, "also report what the server at hand cannot read or does not use", options.target);
  add_choice_option(app, "--env",
                    "name the environment variables that are not set, list all, or require all to be set "
                    "(default: note)",
                    environment_mode_choices, options.environment);
}

std::optional<Control> settle(const ControlOptions& options, CommandEnv& env) {
  auto settings = read_project(options.project, env);
  if (!settings) return std::nullopt;
  Control control;
  control.project = *std::move(settings);
  if (!settle_rules(options, control, env)) return std::nullopt;
  const ProjectSettings& project = control.project;
  control.fail_on = options.fail_on.value_or(project.fail_on.value_or(FailOn::error));
  control.environment =
      options.environment.value_or(project.environment_mode.value_or(EnvironmentMode::note));
  control.target = options.target.value_or(project.target.value_or(config::Target::any));
  control.baseline = project.baseline.value_or("");
  if (!options.baseline.empty()) control.baseline = options.baseline;
  return control;
}

std::optional<diagnostics::Severity> threshold_of(FailOn fail_on) {
  using diagnostics::Severity;
  switch (fail_on) {
    case FailOn::error: return Severity::error;
    case FailOn::warning: return Severity::warning;
    case FailOn::info: return Severity::info;
    case FailOn::never: break;
  }
  return std::nullopt;
}

bool reaches_threshold(const diagnostics::Report& report) {
  using diagnostics::Severity;
  constexpr std::array severities = {Severity::error, Severity::warning, Severity::info};
  return std::ranges::any_of(severities, [&](Severity one) { return report.fails(one) && report.has(one); });
}

void add_count_options(CLI::App& app, CountOptions& options) {
  add_text_option(app, "--instances", "N",
                  "how many instances of the server there are (default: HONUA_INSTANCES)", options.instances);
  add_text_option(app, "--db-max-connections", "N", "how many connections each database allows",
                  options.database_connections);
}

bool read_counts(const CountOptions& options, const ProjectSettings& project, CheckOptions& check,
                 CommandEnv& env) {
  if (!read_count_option(options.instances, "--instances", check.instances, env) ||
      !read_count_option(options.database_connections, "--db-max-connections", check.database_connections,
                         env))
    return false;
  if (!check.database_connections) check.database_connections = project.database_connections;
  if (!check.instances) check.instances = project.instances;
  const std::string variable = env.environment.get("HONUA_INSTANCES").value_or("");
  // Where blocks are looked at that need to know.
  if (check.instances || variable.empty() || check.depth != CheckDepth::everything) return true;
  check.instances = read_count(variable);
  if (!check.instances)
    print_error(env, "the environment variable `HONUA_INSTANCES` is no whole number from 1 on");
  return check.instances.has_value();
}

}  // namespace honua::commands
