// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "commands/command.h"
#include "commands/input_files.h"

// `--environment NAME`, as all commands have it that read a configuration.
namespace honua::commands {

inline constexpr const char* environment_help =
    "lay honua.NAME.hcl (.honua, .hcl.json) over the configuration found here";

// Whether the name can be that of an environment; says so if it cannot. ""
// stands for no name.
[[nodiscard]] bool check_environment_name(const std::string& name, CommandEnv& env);

// Says what beside the configuration was not checked: overlays of other environments, directories in those
// that were named.
// `done`: what was not done with them ("checked").
void note_unread_files(const InputFiles& found, CommandEnv& env, std::string_view done = "checked");

// Says so where a name was given and no overlay was looked for, or none found: it may be mistyped.
void note_unused_environment(const InputRequest& request, const InputFiles& found, CommandEnv& env);

}  // namespace honua::commands
