// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diagnostics/levels.h"

namespace honua::commands {

// Which rules count, and how much, as the command line or the project file has it. A selector is a rule's
// code (`H2006`) or name, the beginning of codes
// (`H2`), a category (`security`) or `all`.
struct RuleRequest {
  // Besides these, if there are any, all rules are off.
  std::vector<std::string> select;
  // These are off. Of two selectors for a rule the one that says more counts, `ignore` in a tie.
  std::vector<std::string> ignore;
  // A rule's code or name with its level: `off`, `info`, `warning` or `error`. Says as much as a selector
  // that is the rule's code, and counts more than it; of two for a rule the later one.
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
// Of the project's request and that of the command line. For each rule the one counts that says more about
// it, the command line in a tie. What the command line selects stands in for what the project does.
[[nodiscard]] tl::expected<diagnostics::Levels, RuleRequestError> levels_of(const RuleRequest& project,
                                                                            const RuleRequest& options);

// Why a selector or a level is none; nothing where it is one.
[[nodiscard]] std::optional<RuleRequestError> check_selector(std::string_view selector);
[[nodiscard]] std::optional<RuleRequestError> check_level(const RuleRequest::Level& level);

// All rules that a selector stands for; none if it is no selector.
[[nodiscard]] std::vector<const diagnostics::Rule*> selected_by(std::string_view selector);
// `H2006=off`; nothing if there is no `=`.
[[nodiscard]] std::optional<RuleRequest::Level> split_level(std::string_view text);

}  // namespace honua::commands
