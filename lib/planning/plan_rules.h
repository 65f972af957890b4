// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "planning/change_rule.h"

namespace honua::planning {

// All rules of changes, by code.
[[nodiscard]] const std::vector<const ChangeRule*>& change_rules();

// By code or slug; nullptr if there is none.
[[nodiscard]] const ChangeRule* find_change_rule(std::string_view name);

namespace rules {

extern const ChangeRule variable_only;
extern const ChangeRule format_only;
extern const ChangeRule undecidable;

// Of one area each.
[[nodiscard]] std::span<const ChangeRule* const> layer_rules();
[[nodiscard]] std::span<const ChangeRule* const> field_rules();
[[nodiscard]] std::span<const ChangeRule* const> service_rules();
[[nodiscard]] std::span<const ChangeRule* const> source_rules();
[[nodiscard]] std::span<const ChangeRule* const> cache_rules();
[[nodiscard]] std::span<const ChangeRule* const> limit_rules();
[[nodiscard]] std::span<const ChangeRule* const> cors_rules();
[[nodiscard]] std::span<const ChangeRule* const> platform_rules();

}  // namespace rules

// The rule of a code, for the tables.
[[nodiscard]] constexpr diagnostics::Rule plan_rule(std::string_view code, std::string_view slug, Level level,
                                                    std::string_view summary) {
  return {code, slug, severity_of(level), "plan", summary};
}

}  // namespace honua::planning
