// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "commands/check_files.h"
#include "commands/command.h"
#include "diagnostics/report.h"

namespace honua::commands {

// Whether findings get addresses and fingerprints, and the report the list of all rules. They cost a fifth of
// a run with many findings, and reports for people don't have them.
enum class Identities : bool { left_out, found };

// "0.1.0"
[[nodiscard]] std::string program_version();

// What checking some files brought to light, for the renderers. Refers to `result`, which must outlive it.
[[nodiscard]] diagnostics::Report make_report(const CheckResult& result, Identities identities,
                                              const CommandEnv& env);

}  // namespace honua::commands
