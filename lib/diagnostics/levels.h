// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <unordered_map>

#include "diagnostics/diagnostic.h"

namespace honua::diagnostics {

// How severe the findings of each rule are where that is not what the rule says itself; nothing for a rule
// that is off.
class Levels {
 public:
  void set(const Rule& rule, std::optional<Severity> level) { changed_[&rule] = level; }

  // The level of a finding that would be reported as `severity`.
  [[nodiscard]] std::optional<Severity> level_of(const Rule& rule, Severity severity) const {
    const auto found = changed_.find(&rule);
    return found == changed_.end() ? severity : found->second;
  }
  [[nodiscard]] bool is_off(const Rule& rule) const { return !level_of(rule, rule.severity); }

 private:
  std::unordered_map<const Rule*, std::optional<Severity>> changed_;
};

// Whether nothing may change or hide the rule's findings: what HCL's grammar refuses is not understood, and
// what is in it stays unchecked.
[[nodiscard]] inline bool is_fixed(const Rule& rule) {
  return rule.category == "syntax" && rule.severity == Severity::error;
}

// Whether the rule's findings stay whatever comments and baselines say: besides those, errors of security.
// Whoever decides about the project can turn these off; who edits one file can't.
[[nodiscard]] inline bool is_protected(const Rule& rule) {
  return is_fixed(rule) || (rule.category == "security" && rule.severity == Severity::error);
}

}  // namespace honua::diagnostics
