// SPDX-License-Identifier: MIT
#include "commands/rule_selection.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

#include "commands/registry.h"

namespace honua::commands {

namespace {

using diagnostics::Rule;
using diagnostics::Severity;

const Rule& rule_of(std::string_view code) { return *selected_by(code).front(); }

// Whether a rule counts under a request, and as what.
std::string level_of(const RuleRequest& request, std::string_view code) {
  const auto levels = levels_of(request);
  REQUIRE(levels.has_value());
  const Rule& rule = rule_of(code);
  const auto level = levels->level_of(rule, rule.severity);
  return level ? std::string(to_string(*level)) : "off";
}

std::string refusal_of(const RuleRequest& request) {
  const auto levels = levels_of(request);
  return levels ? "" : levels.error().message + "; " + levels.error().help;
}

}  // namespace

TEST_CASE("without a request every rule has its own level") {
  for (const diagnostics::RuleInfo* info : all_rules()) {
    CAPTURE(info->rule->code);
    CHECK(level_of({}, info->rule->code) == to_string(info->rule->severity));
  }
}

TEST_CASE("a selector is a code, the beginning of codes, a name, a category or all") {
  CHECK(level_of({{}, {"H2006"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"service-without-layers"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"H20"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"service"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"all"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"H21", "layer"}, {}}, "H2006") == "warning");
  CHECK(selected_by("H2006").size() == 1);
  CHECK(selected_by("all").size() == all_rules().size());
  CHECK(selected_by("H").size() == all_rules().size());
}

TEST_CASE("codes may be written with a small letter, as selectors and with levels") {
  CHECK(level_of({{}, {"h2006"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {"h20"}, {}}, "H2006") == "off");
  CHECK(level_of({{}, {}, {{"h2006", "error"}}}, "H2006") == "error");
}

TEST_CASE("what says more about a rule counts, and the command line in a tie") {
  const auto level = [](const RuleRequest& project, const RuleRequest& options) {
    const auto levels = levels_of(project, options);
    REQUIRE(levels.has_value());
    const Rule& rule = rule_of("H2006");
    const auto found = levels->level_of(rule, rule.severity);
    return found ? std::string(to_string(*found)) : "off";
  };
  CHECK(level({{}, {"H2006"}, {}}, {{"H2006"}, {}, {}}) == "warning");
  CHECK(level({{}, {"H2006"}, {}}, {{"service"}, {}, {}}) == "off");
  CHECK(level({{}, {"service"}, {}}, {{"H2006"}, {}, {}}) == "warning");
  CHECK(level({{}, {}, {{"H2006", "off"}}}, {{"H2006"}, {}, {}}) == "warning");
  CHECK(level({{}, {}, {{"H2006", "error"}}}, {{"H2006"}, {}, {}}) == "error");
  CHECK(level({{}, {}, {{"H2006", "error"}}}, {{"H5101"}, {}, {}}) == "off");
  CHECK(level({{}, {}, {{"H2006", "error"}}}, {{}, {"H2006"}, {}}) == "off");
  CHECK(level({{}, {}, {{"H2006", "error"}}}, {{}, {"service"}, {}}) == "error");
  CHECK(level({{"H5101"}, {}, {}}, {{}, {"advice"}, {}}) == "off");
  CHECK(level({{"H2006"}, {}, {}}, {{}, {"advice"}, {}}) == "warning");
  CHECK(level({{"H5101"}, {}, {}}, {{"H2006"}, {}, {}}) == "warning");
  CHECK(level({{"H5101"}, {}, {}}, {{}, {}, {{"H2006", "info"}}}) == "info");
}

TEST_CASE("what is selected leaves nothing else") {
  CHECK(level_of({{"security"}, {}, {}}, "H2006") == "off");
  CHECK(level_of({{"security"}, {}, {}}, "H5101") == "error");
  CHECK(level_of({{"security", "H2006"}, {}, {}}, "H2006") == "warning");
}

TEST_CASE("of two selectors the one that says more counts, and `ignore` in a tie") {
  CHECK(level_of({{"H2006"}, {"H2"}, {}}, "H2006") == "warning");
  CHECK(level_of({{"H2"}, {"H2006"}, {}}, "H2006") == "off");
  CHECK(level_of({{"H2006"}, {"H2006"}, {}}, "H2006") == "off");
  CHECK(level_of({{"service"}, {"all"}, {}}, "H2006") == "warning");
  CHECK(level_of({{"H2"}, {"service"}, {}}, "H2006") == "warning");
}

TEST_CASE("a level counts more than selectors, and the later one more than the earlier") {
  CHECK(level_of({{}, {"all"}, {{"H2006", "error"}}}, "H2006") == "error");
  CHECK(level_of({{}, {}, {{"H2006", "error"}, {"service-without-layers", "info"}}}, "H2006") == "info");
  CHECK(level_of({{}, {}, {{"H2006", "off"}}}, "H2006") == "off");
}

TEST_CASE("errors of syntax stay whatever is asked for") {
  CHECK(level_of({{"security"}, {"all"}, {}}, "H0013") == "error");
  CHECK(refusal_of({{}, {}, {{"H0013", "off"}}}) ==
        "the level of `H0013` cannot be changed; what HCL's grammar refuses cannot be read");
}

TEST_CASE("what there is not is told, with what was probably meant") {
  CHECK(refusal_of({{"secrity"}, {}, {}}) ==
        "no rule or category is called `secrity`; did you mean `security`?");
  CHECK(refusal_of({{}, {"H9999"}, {}}).starts_with("no rule or category is called `H9999`"));
  CHECK(refusal_of({{}, {""}, {}}).starts_with("no rule or category is called ``"));
  CHECK(refusal_of({{}, {}, {{"H206", "off"}}}).starts_with("there is no rule `H206`"));
  CHECK(refusal_of({{}, {}, {{"H2006", "fatal"}}}) ==
        "`fatal` is no level for `H2006`; levels are `off`, `info`, `warning` and `error`");
}

TEST_CASE("a level is split at the first sign") {
  CHECK(split_level("H2006=off")->rule == "H2006");
  CHECK(split_level("H2006=off")->level == "off");
  CHECK(split_level("H2006=")->level.empty());
  CHECK_FALSE(split_level("H2006").has_value());
}

}  // namespace honua::commands
