// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "commands/check_files.h"
#include "commands/rule_selection.h"
#include "commands/shared_options.h"

// A project's own settings of this tool, in `.honua.hcl`:
//
//   tool "validate" {
//     paths     = ["conf"]
//     fail_on   = "warning"
//     ignore    = ["advice"]
//     rules     = { H2006 = "off", layer-without-service = "error" }
//     protected = ["security"]
//     baseline  = ".honua-baseline.json"  // once `--write-baseline` has written it
//   }
namespace honua::commands {

inline constexpr std::string_view project_file_name = ".honua.hcl";

// Far more than anybody writes; a larger file is something else.
inline constexpr std::size_t max_project_file_size = std::size_t{1} << 20U;

inline constexpr std::array environment_mode_choices = {
    Choice<EnvironmentMode>{"note", EnvironmentMode::note},
    Choice<EnvironmentMode>{"list", EnvironmentMode::list},
    Choice<EnvironmentMode>{"require", EnvironmentMode::require}};

struct ProjectSettings {
  std::string path;  // "" where there is no such file
  // For what is given; options of the command line count more.
  std::vector<std::string> paths;
  std::optional<FailOn> fail_on;
  std::optional<EnvironmentMode> environment_mode;
  std::optional<config::Target> target;
  std::optional<std::string> baseline;
  std::optional<std::string> environment;  // the overlay to look for
  std::optional<std::uint32_t> instances;
  std::optional<std::uint32_t> database_connections;
  RuleRequest rules;
  std::vector<std::string> protected_rules;  // selectors of rules that comments and baselines cannot ignore
};

// What is wrong with the file: "`.honua.hcl:3:5`: there is no setting `fial_on`".
struct ProjectError {
  std::string message;
  std::string help;
};

struct ProjectFile {
  ProjectSettings settings;
  std::vector<ProjectError> errors;
};

// The project file of the current directory: there, or in the nearest directory above it up to the root of
// its repository (where `.git` is). Outside of a repository only the current directory counts: what lies
// above may be anybody's.
[[nodiscard]] std::optional<std::string> find_project_file(const FileSystem& files);

// Paths in it are relative to its directory; in the result, to the current one.
[[nodiscard]] ProjectFile read_project_file(const std::string& path, const FileSystem& files);

}  // namespace honua::commands
