// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "commands/command.h"
#include "commands/shared_options.h"
#include "diagnostics/diagnostics.h"
#include "source/source_file.h"

namespace honua::commands {

// Findings of one severity on standard error, for commands whose report is another; returns how many there
// are.
std::size_t print_findings(const diagnostics::Diagnostics& findings, diagnostics::Severity severity,
                           const source::SourceSet& sources, Color color, CommandEnv& env);

}  // namespace honua::commands
