// SPDX-License-Identifier: MIT
#include "evaluation/rules.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("every rule of expressions can be made to fire") {
  const std::map<std::string, std::string> examples = {
      {"H0105", "\"var.schema\""},  {"H0106", "\"env('X')\""},
      {"H0123", "env.TOKEN"},       {"H0124", "True"},
      {"H0130", "\"x\" + 1"},       {"H0131", "0 / 0"},
      {"H0132", "nosuch()"},        {"H0133", "upper()"},
      {"H0134", "upper([])"},       {"H0135", "max()"},
      {"H0136", "[][0]"},           {"H0137", "{}.a"},
      {"H0138", "1 ? 2 : 3"},       {"H0139", "true ? 1 : []"},
      {"H0140", "[for v in 1: v]"}, {"H0141", "\"a${null}\""},
      {"H0142", "{a.b = 1}"},       {"H0143", "{([]) = 1}"},
      {"H0144", "{a = 1, a = 2}"},  {"H0145", "nosuch"},
      {"H0146", "1e99999"},         {"H0147", "{for v in [1, 1]: v => v}"},
  };
  for (const diagnostics::Rule* rule : rules::all()) {
    CAPTURE(std::string(rule->code));
    const auto example = examples.find(std::string(rule->code));
    REQUIRE(example != examples.end());
    const Evaluated evaluated(example->second, syntax::Dialect::honua);
    REQUIRE(evaluated.sink.size() == 1);
    const diagnostics::Diagnostic& made = *evaluated.sink.sorted().front();
    CHECK(made.rule == rule);
    CHECK(made.severity == rule->severity);
    CHECK_FALSE(made.message.empty());
    CHECK_FALSE(made.message.ends_with('.'));
  }
  CHECK(rules::all().size() == examples.size());
}

TEST_CASE("codes and slugs are unique") {
  std::set<std::string_view> codes;
  std::set<std::string_view> slugs;
  for (const diagnostics::Rule* rule : rules::all()) {
    codes.insert(rule->code);
    slugs.insert(rule->slug);
    CHECK(rule->category == "expression");
  }
  CHECK(codes.size() == rules::all().size());
  CHECK(slugs.size() == rules::all().size());
}

}  // namespace honua::evaluation
