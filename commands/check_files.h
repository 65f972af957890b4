// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/input_files.h"
#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::commands {

struct CheckOptions {
  syntax::Dialect dialect = syntax::Dialect::honua;
  bool syntax_only = false;  // parse, but do not evaluate
};

// What checking some files brought to light.
struct CheckResult {
  source::SourceSet sources;  // what could be read; the findings' ranges lie here
  diagnostics::Diagnostics findings;
  std::vector<InputFailure> failures;        // what could not be found or read
  std::vector<std::string> unset_variables;  // environment variables taken as unknown: by name, each once
};

// Reads and checks every file; one that cannot be read does not keep the
// others from it. Trees are not kept beyond their file.
[[nodiscard]] CheckResult check_files(const InputFiles& inputs, const CheckOptions& options, CommandEnv& env);

}  // namespace honua::commands
