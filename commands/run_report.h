// SPDX-License-Identifier: MIT
#pragma once

#include "commands/check_files.h"
#include "commands/command.h"
#include "diagnostics/report.h"

namespace honua::commands {

// What checking some files brought to light, for the renderers. Refers to `result`, which must outlive it.
[[nodiscard]] diagnostics::Report make_report(const CheckResult& result, const CommandEnv& env);

}  // namespace honua::commands
