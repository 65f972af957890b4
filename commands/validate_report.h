// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/check_files.h"
#include "commands/command.h"
#include "commands/shared_options.h"
#include "diagnostics/report.h"

namespace honua::commands {

// What became of the run, on standard error: what could not be read, what was
// checked and, by the names of things, what was not.
void print_account(const CheckResult& result, const diagnostics::Report& report, Format format,
                   const CheckOptions& options, CommandEnv& env);

// How much `--fix` could do, where people read the report.
void note_fixable(const diagnostics::Report& report, Format format, config::Target target, CommandEnv& env);

// Parts of the account: what could not be read, and the names of environment
// variables that are not set.
void print_failures(const CheckResult& result, CommandEnv& env);
void note_unset_variables(const std::vector<diagnostics::EnvironmentVariable>& variables, CommandEnv& env);

}  // namespace honua::commands
