// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "diagnostics/rule_info.h"

namespace honua::commands {

// Every rule that `honua validate` can report, by code, with what `explain`
// tells about it. What the manual and machine formats list.
[[nodiscard]] const std::vector<const diagnostics::RuleInfo*>& all_rules();

// Whether this is the rule's slug or, in any case, its code.
[[nodiscard]] bool is_name_of(std::string_view name, const diagnostics::Rule& rule);
// Whether a rule's code starts so, in any case.
[[nodiscard]] bool starts_with_code(std::string_view code, std::string_view start);

// The rule of this name; nullptr if there is none.
[[nodiscard]] const diagnostics::RuleInfo* find_rule(std::string_view name);

// A number that is kept free for a check which no rule makes.
struct LeftOut {
  std::string_view code;
  std::string_view reason;
};
[[nodiscard]] std::span<const LeftOut> left_out_rules();

}  // namespace honua::commands
