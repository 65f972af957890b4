// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "diagnostics/report.h"

namespace honua::commands {

// Whether this is a step of a workflow of GitHub, where GITHUB_STEP_SUMMARY names a file in Markdown that
// becomes part of the job's summary.
[[nodiscard]] bool has_github_summary(const CommandEnv& env);

// Adds a table of the findings to that file, if there is one, and it is none of the configuration nor of the
// `others` that the run reads or writes ("" for none). A note tells why not where that fails: the findings
// are in the report all the same.
void add_github_summary(const diagnostics::Report& report, const InputRequest& request,
                        const InputFiles& inputs, const std::vector<std::string>& others, CommandEnv& env);

}  // namespace honua::commands
