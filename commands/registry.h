// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "validation/rule_info.h"

namespace honua::commands {

// Every rule that `honua validate` can report, by code. What `explain`, the
// manual and machine formats list.
[[nodiscard]] std::vector<const diagnostics::Rule*> all_rules();

// What `explain` tells about a rule besides; nullptr for those of the language.
[[nodiscard]] const validation::RuleInfo* info_of(const diagnostics::Rule& rule);

// A number that is kept free for a check which no rule makes.
struct LeftOut {
  std::string_view code;
  std::string_view reason;
};
[[nodiscard]] std::span<const LeftOut> left_out_rules();

}  // namespace honua::commands
