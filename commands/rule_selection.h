// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diagnostics/levels.h"

namespace honua::commands {

// Which rules count, and how much. A selector is a rule's code (`H2006`) or name, the beginning of codes
// (`H2`), a category (`security`) or `all`.
struct RuleRequest {
  // Besides these, if there are any, all rules are off.
  std::vector<std::string> select;
  // These are off. Of two selectors for a rule the one that says more counts, `ignore` in a tie.
  std::vector<std::string> ignore;
  // A rule's code or name with its level: `off`, `info`, `warning` or `error`. Counts more than the others;
  // of two for a rule the later one.
  struct Level {
    std::string rule;
    std::string level;
  };
  std::vector<Level> levels;
};

// Why a request is none.
struct RuleRequestError {
  std::string message;
  std::string help;
};
[[nodiscard]] tl::expected<diagnostics::Levels, RuleRequestError> levels_of(const RuleRequest& request);

// All rules that a selector stands for; none if it is no selector.
[[nodiscard]] std::vector<const diagnostics::Rule*> selected_by(std::string_view selector);
// Why it is none.
[[nodiscard]] RuleRequestError no_selector(std::string_view text);

// `H2006=off`; nothing if there is no `=`.
[[nodiscard]] std::optional<RuleRequest::Level> split_level(std::string_view text);

}  // namespace honua::commands
