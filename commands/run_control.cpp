// SPDX-License-Identifier: MIT
#include "commands/run_control.h"

#include <array>
#include <utility>

#include "commands/messages.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

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

// What the project asks for and, counting more, what the command line does.
std::optional<RuleRequest> join(const ControlOptions& options, const RuleRequest& project, CommandEnv& env) {
  RuleRequest request = project;
  if (!options.select.empty()) request.select = split_all(options.select);
  for (std::string& one : split_all(options.ignore)) request.ignore.push_back(std::move(one));
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

// Whether the project file can be used; says what is wrong with it.
bool read_project(const ControlOptions& options, ProjectSettings& settings, CommandEnv& env) {
  if (options.no_project) return true;
  std::optional<std::string> path = options.project;
  if (path->empty()) path = find_project_file(env.files);
  if (!path) return true;
  ProjectFile file = read_project_file(*path, env.files);
  for (const ProjectError& one : file.errors) print_error(env, one.message, {one.help});
  settings = std::move(file.settings);
  return file.errors.empty();
}

bool settle_rules(const ControlOptions& options, Control& control, CommandEnv& env) {
  const auto request = join(options, control.project.rules, env);
  if (!request) return false;
  auto levels = levels_of(*request);
  if (!levels) {
    print_error(env, levels.error().message, {levels.error().help});
    return false;
  }
  control.levels = *std::move(levels);
  for (const std::string& selector : control.project.protected_rules) {
    const auto rules = selected_by(selector);
    if (rules.empty()) {
      const RuleRequestError error = no_selector(selector);
      print_error(env, error.message, {error.help});
      return false;
    }
    for (const diagnostics::Rule* rule : rules) control.levels.protect(*rule);
  }
  return true;
}

}  // namespace

void add_control_options(CLI::App& app, ControlOptions& options) {
  add_fail_on_option(app, options.fail_on);
  add_list_option(app, "--rule", "RULE=LEVEL", "how much a rule counts: off, info, warning or error",
                  options.rules);
  add_list_option(app, "--select", "RULES",
                  "only these rules: codes, their beginnings, names, categories or all, in commas",
                  options.select);
  add_list_option(app, "--ignore", "RULES", "all but these rules", options.ignore);
  add_text_option(app, "--baseline", "FILE", "leave out the findings that FILE lists", options.baseline);
  add_text_option(app, "--write-baseline", "FILE", "list all findings in FILE, for --baseline",
                  options.write_baseline);
  add_text_option(app, "--project", "FILE", "settings of honua itself (default: .honua.hcl, if there is one)",
                  options.project);
  add_flag(app, "--no-project", "do not look for .honua.hcl", options.no_project);
  add_target_option(app, "also report what the server at hand cannot read or does not use", options.target);
  add_choice_option(app, "--env",
                    "name the environment variables that are not set, list all, or require all to be set "
                    "(default: note)",
                    environment_mode_choices, options.environment);
}

std::optional<Control> settle(const ControlOptions& options, CommandEnv& env) {
  if (options.no_project && !options.project.empty()) {
    print_error(env, "`--project` and `--no-project` exclude each other");
    return std::nullopt;
  }
  Control control;
  if (!read_project(options, control.project, env) || !settle_rules(options, control, env))
    return std::nullopt;
  const ProjectSettings& project = control.project;
  control.fail_on = options.fail_on.value_or(project.fail_on.value_or(FailOn::error));
  control.environment =
      options.environment.value_or(project.environment_mode.value_or(EnvironmentMode::note));
  control.target = options.target.value_or(project.target.value_or(config::Target::any));
  control.baseline = project.baseline.value_or("");
  if (!options.baseline.empty()) control.baseline = options.baseline;
  return control;
}

}  // namespace honua::commands
