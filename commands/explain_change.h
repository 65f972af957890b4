// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "commands/command.h"
#include "planning/change_rule.h"
#include "text/json_writer.h"

// What `honua explain` tells about the rules of changes.
namespace honua::commands {

// "P1005 breaking layer-published-id-changed: ...".
void print_change_line(const planning::ChangeRule& rule, CommandEnv& env);
void print_change_rule(const planning::ChangeRule& rule, CommandEnv& env);
void write_change_rule(const planning::ChangeRule& rule, text::JsonWriter& json);

}  // namespace honua::commands
