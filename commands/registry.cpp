// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <algorithm>
#include <array>

#include "config/rules.h"
#include "diagnostics/file_rules.h"
#include "diagnostics/suppression_rules.h"
#include "evaluation/rules.h"
#include "syntax/rules.h"
#include "validation/validator.h"

namespace honua::commands {

namespace {

std::vector<const diagnostics::RuleInfo*> gather_rules() {
  std::vector<const diagnostics::RuleInfo*> rules = validation::all_rules();
  for (const auto& listed :
       {diagnostics::rules::explained_file_rules(), diagnostics::rules::explained_suppression_rules(),
        syntax::rules::explained(), evaluation::rules::explained(), config::rules::explained()}) {
    for (const diagnostics::RuleInfo& info : listed) rules.push_back(&info);
  }
  std::sort(rules.begin(), rules.end(),
            [](const auto* a, const auto* b) { return a->rule->code < b->rule->code; });
  return rules;
}

}  // namespace

const std::vector<const diagnostics::RuleInfo*>& all_rules() {
  static const std::vector<const diagnostics::RuleInfo*> rules = gather_rules();
  return rules;
}

const diagnostics::RuleInfo* find_rule(std::string_view name) {
  for (const diagnostics::RuleInfo* info : all_rules()) {
    if (name == info->rule->code || name == info->rule->slug) return info;
  }
  return nullptr;
}

}  // namespace honua::commands
