// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <algorithm>
#include <array>

#include "config/rules.h"
#include "diagnostics/file_rules.h"
#include "diagnostics/suppression_rules.h"
#include "evaluation/rules.h"
#include "live/rules.h"
#include "migration/rules.h"
#include "syntax/rules.h"
#include "validation/validator.h"

namespace honua::commands {

namespace {

std::vector<const diagnostics::RuleInfo*> gather_rules() {
  std::vector<const diagnostics::RuleInfo*> rules = validation::all_rules();
  for (const auto& listed :
       {diagnostics::rules::explained_file_rules(), diagnostics::rules::explained_suppression_rules(),
        syntax::rules::explained(), evaluation::rules::explained(), config::rules::explained(),
        live::explained(), migration::explained()}) {
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

bool starts_with_code(std::string_view code, std::string_view start) {
  if (start.empty() || (start.front() != 'H' && start.front() != 'h')) return false;
  return code.substr(1).starts_with(start.substr(1));
}

bool is_name_of(std::string_view name, const diagnostics::Rule& rule) {
  return name == rule.slug || (name.size() == rule.code.size() && starts_with_code(rule.code, name));
}

const diagnostics::RuleInfo* find_rule(std::string_view name) {
  for (const diagnostics::RuleInfo* info : all_rules()) {
    if (is_name_of(name, *info->rule)) return info;
  }
  return nullptr;
}

}  // namespace honua::commands
