// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "commands/command.h"
#include "planning/plan_report.h"

namespace honua::commands {

// The hashes that the sides of a plan had when somebody looked at it: what is put to work must be that.
struct ExpectedPlan {
  std::string given;   // as the user gave it
  std::string before;  // "sha256:..."; "" for any
  std::string after;
};

// From a hash of the new side, or from the file of a plan in JSON. Nothing, with a message, if it is neither.
[[nodiscard]] std::optional<ExpectedPlan> read_expected_plan(const std::string& given, CommandEnv& env);

// Whether the sides, with their hashes, are those; says which are not.
[[nodiscard]] bool is_as_expected(const ExpectedPlan& expected, const planning::PlanReport& report,
                                  CommandEnv& env);

}  // namespace honua::commands
