// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "diagnostics/diagnostic.h"

namespace honua::diagnostics {

// Whether nothing may change or hide the rule's findings: what HCL's grammar refuses is not understood, and
// what is in it stays unchecked.
[[nodiscard]] inline bool is_fixed(const Rule& rule) {
  return rule.category == "syntax" && rule.severity == Severity::error;
}

// Whether the rule's findings stay whatever comments and baselines say, in every project: besides those,
// errors of security. Whoever decides about the project can turn these off; who edits one file can't.
[[nodiscard]] inline bool is_protected(const Rule& rule) {
  return is_fixed(rule) || (rule.category == security_category && rule.severity == Severity::error);
}

// Whether the rule is about comments that ignore findings: a comment cannot ignore what is wrong with
// comments.
[[nodiscard]] inline bool is_about_comments(const Rule& rule) { return rule.category == "suppression"; }

// What a project decides about rules: how severe the findings of each are where that is not what the rule
// says itself, nothing for a rule that is off; and whose findings no comment or baseline can ignore.
class Levels {
 public:
  void set(const Rule& rule, std::optional<Severity> level) { changed_[&rule] = level; }

  // The level of a finding that would be reported as `severity`.
  [[nodiscard]] std::optional<Severity> level_of(const Rule& rule, Severity severity) const {
    const auto found = changed_.find(&rule);
    return found == changed_.end() ? severity : found->second;
  }
  void protect(const Rule& rule) { protected_.insert(&rule); }

  [[nodiscard]] bool is_off(const Rule& rule) const { return !level_of(rule, rule.severity); }

  // Besides what is protected in every project.
  [[nodiscard]] bool is_protected(const Rule& rule) const {
    return diagnostics::is_protected(rule) || protected_.contains(&rule);
  }

 private:
  std::unordered_map<const Rule*, std::optional<Severity>> changed_;
  std::unordered_set<const Rule*> protected_;
};

}  // namespace honua::diagnostics
