// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>

#include "diagnostics/diagnostic.h"
#include "diagnostics/rule_info.h"

// Findings about comments that keep findings out of the report.
namespace honua::diagnostics::rules {

inline constexpr Rule unused_suppression{"H0160", "unused-suppression", Severity::warning, "suppression",
                                         "a comment ignores what is found where it stands"};
inline constexpr Rule suppression_without_reason{"H0161", "suppression-without-reason", Severity::warning,
                                                 "suppression", "a comment that ignores findings says why"};
inline constexpr Rule expired_suppression{"H0162", "expired-suppression", Severity::warning, "suppression",
                                          "a comment ignores findings up to the day it names"};
inline constexpr Rule invalid_suppression{
    "H0163", "invalid-suppression", Severity::warning, "suppression",
    "a comment that ignores findings names rules, and dates as YYYY-MM-DD"};
inline constexpr Rule protected_rule{"H0164", "protected-rule", Severity::warning, "suppression",
                                     "findings of some rules cannot be ignored by a comment"};

// All of the above, for the registry.
[[nodiscard]] inline std::span<const Rule* const> suppression_rules() {
  static constexpr std::array listed = {&unused_suppression, &suppression_without_reason,
                                        &expired_suppression, &invalid_suppression, &protected_rule};
  return listed;
}

// The same with what `honua explain` tells about each.
[[nodiscard]] std::span<const RuleInfo> explained_suppression_rules();

}  // namespace honua::diagnostics::rules
