// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <algorithm>

#include "diagnostics/file_rules.h"
#include "evaluation/rules.h"
#include "syntax/rules.h"

namespace honua::commands {

std::vector<const diagnostics::Rule*> all_rules() {
  std::vector<const diagnostics::Rule*> rules;
  for (const auto& listed :
       {diagnostics::rules::file_rules(), syntax::rules::all(), evaluation::rules::all()}) {
    rules.insert(rules.end(), listed.begin(), listed.end());
  }
  std::sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
  return rules;
}

}  // namespace honua::commands
