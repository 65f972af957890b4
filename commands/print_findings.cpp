// SPDX-License-Identifier: MIT
#include "commands/print_findings.h"

#include <ostream>

#include "diagnostics/render_human.h"

namespace honua::commands {

std::size_t print_findings(const diagnostics::Diagnostics& findings, diagnostics::Severity severity,
                           const source::SourceSet& sources, Color color, CommandEnv& env) {
  const bool has_color = use_color(color, env.environment, env.err_is_terminal);
  std::size_t count = 0;
  for (const diagnostics::Diagnostic* one : findings.sorted()) {
    if (one->severity != severity) continue;
    ++count;
    env.err << render_human(*one, sources, {has_color}) << '\n';
  }
  return count;
}

}  // namespace honua::commands
