// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <algorithm>
#include <array>

#include "config/rules.h"
#include "diagnostics/file_rules.h"
#include "evaluation/rules.h"
#include "syntax/rules.h"
#include "validation/validator.h"

namespace honua::commands {

std::vector<const diagnostics::Rule*> all_rules() {
  std::vector<const diagnostics::Rule*> rules;
  for (const auto& listed :
       {diagnostics::rules::file_rules(), syntax::rules::all(), evaluation::rules::all()}) {
    rules.insert(rules.end(), listed.begin(), listed.end());
  }
  const auto config_rules = config::rules::all();
  rules.insert(rules.end(), config_rules.begin(), config_rules.end());
  for (const validation::RuleInfo* info : validation::all_rules()) rules.push_back(info->rule);
  std::sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
  return rules;
}

const validation::RuleInfo* info_of(const diagnostics::Rule& rule) {
  for (const validation::RuleInfo* info : validation::all_rules()) {
    if (info->rule == &rule) return info;
  }
  return nullptr;
}

std::span<const LeftOut> left_out_rules() {
  static constexpr std::array<LeftOut, 1> listed = {
      LeftOut{"H0118", "what the server's own parser cannot read needs a target to compare with"},
  };
  return listed;
}

}  // namespace honua::commands
