// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/project_file.h"
#include "commands/shared_options.h"
#include "diagnostics/levels.h"
#include "diagnostics/report.h"

// What counts in a run of `honua validate`, as the command line and the project file have it.
namespace honua::commands {

// Where the project file is.
struct ProjectOptions {
  std::string path;  // "" to look for it
  bool no_project = false;
};
void add_project_options(CLI::App& app, ProjectOptions& options);
// What the project file says; nothing is said where there is none. Nothing, with a message, where it can't be
// used.
[[nodiscard]] std::optional<ProjectSettings> read_project(const ProjectOptions& options, CommandEnv& env);

struct ControlOptions {
  std::optional<FailOn> fail_on;
  std::optional<EnvironmentMode> environment;
  std::optional<config::Target> target;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> rules;
  std::string baseline;
  std::string write_baseline;
  ProjectOptions project;
};
// What a command does with baselines.
enum class Baselines : bool { read, read_and_write };
void add_control_options(CLI::App& app, ControlOptions& options,
                         Baselines baselines = Baselines::read_and_write);

// Options and project file taken together; the options count more.
struct Control {
  ProjectSettings project;
  FailOn fail_on = FailOn::error;
  EnvironmentMode environment = EnvironmentMode::note;
  config::Target target = config::Target::any;
  diagnostics::Levels levels;
  std::string baseline;  // "" for none
};
// Nothing, with a message, where they ask for what there is not.
[[nodiscard]] std::optional<Control> settle(const ControlOptions& options, CommandEnv& env);

// From which severity on findings count as a failure; nothing where none do.
[[nodiscard]] std::optional<diagnostics::Severity> threshold_of(FailOn fail_on);
// Whether a finding reaches the report's threshold, the dropped included.
[[nodiscard]] bool reaches_threshold(const diagnostics::Report& report);

// How many instances of the server there are, and how many connections each database allows: numbers, or ""
// for what the project file says.
struct CountOptions {
  std::string instances;
  std::string database_connections;
};
void add_count_options(CLI::App& app, CountOptions& options);
// False, with a message, where one is no number.
[[nodiscard]] bool read_counts(const CountOptions& options, const ProjectSettings& project,
                               CheckOptions& check, CommandEnv& env);

}  // namespace honua::commands
