// SPDX-License-Identifier: MIT
#include "planning/plan_rules.h"

#include <algorithm>
#include <array>

namespace honua::planning {

namespace rules {

constexpr ChangeRule variable_only{.rule = plan_rule("P9001", "variable-only", Level::neutral,
                                                     "variables changed, and no value that they make"),
                                   .effect = Effect::none,
                                   .area = Area::plan,
                                   .family = "P9001",
                                   .why = "What the server makes of the files is the same.",
                                   .before = "variable \"name\" {\n  default = \"a\"\n}\n",
                                   .after = "variable \"name\" {\n  default = \"b\"\n}\n"};
constexpr ChangeRule format_only{
    .rule = plan_rule("P9002", "format-only", Level::neutral, "files are written otherwise and say the same"),
    .effect = Effect::none,
    .area = Area::plan,
    .family = "P9002",
    .why =
        "Comments, order, spelling, what is written although it holds anyway, and in which file something "
        "stands "
        "make no difference to the server.",
    .before = "layer \"roads\" {\n  introspect_fields = true\n}\n",
    .after = "layer \"roads\" {\n}\n"};
constexpr ChangeRule undecidable{
    .rule = plan_rule("P9003", "undecidable", Level::risky, "what a change comes to cannot be told"),
    .level = Level::risky,
    .area = Area::plan,
    .family = "P9003",
    .why =
        "A value comes from an environment variable, is a secret that a snapshot does not hold, or has an "
        "error: "
        "only the server's own environment decides.",
    .advice = "compare what the variables hold where the server runs",
    .before = "layer \"roads\" {\n  table = \"roads\"\n}\n",
    .after = "layer \"roads\" {\n  table = env(\"TABLE\")\n}\n"};

}  // namespace rules

const std::vector<const ChangeRule*>& change_rules() {
  static const std::vector<const ChangeRule*> all = [] {
    std::vector<const ChangeRule*> made = {&rules::variable_only, &rules::format_only, &rules::undecidable};
    for (const auto& area :
         {rules::layer_rules(), rules::field_rules(), rules::service_rules(), rules::source_rules(),
          rules::cache_rules(), rules::limit_rules(), rules::cors_rules(), rules::platform_rules()})
      made.insert(made.end(), area.begin(), area.end());
    std::ranges::sort(made, {}, [](const ChangeRule* one) { return one->rule.code; });
    return made;
  }();
  return all;
}

const ChangeRule* find_change_rule(std::string_view name) {
  for (const ChangeRule* one : change_rules()) {
    if (one->rule.code == name || one->rule.slug == name) return one;
  }
  return nullptr;
}

}  // namespace honua::planning
