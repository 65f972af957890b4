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
void add_control_options(CLI::App& app, ControlOptions& options);

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

}  // namespace honua::commands
