// SPDX-License-Identifier: MIT
#include "evaluation/limits.h"

#include <doctest/doctest.h>

#include <chrono>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

namespace {

// The findings of an evaluation that must end soon.
std::string quick_findings(const std::string& expression) {
  const auto start = std::chrono::steady_clock::now();
  const Evaluated evaluated(expression);
  const auto passed = std::chrono::steady_clock::now() - start;
  // Two orders of magnitude above what a release build needs.
  CHECK(passed < std::chrono::seconds(60));
  CHECK(evaluated.value.is_unknown());
  std::string codes;
  for (const diagnostics::Diagnostic* one : evaluated.sink.sorted())
    codes += std::string(one->rule->code) + " ";
  return codes;
}

// A scope without names that counts how often it is asked for them.
class CountingScope final : public Scope {
 public:
  [[nodiscard]] std::optional<Resolution> resolve(const Traversal& /*traversal*/) const override {
    return std::nullopt;
  }
  [[nodiscard]] std::vector<std::string> root_names() const override {
    ++asked;
    return {};
  }
  mutable int asked = 0;
};

}  // namespace

TEST_CASE("a loop looks once for names that are similar to an undefined one") {
  const CountingScope scope;
  const Evaluated evaluated("[for a in [1, 2, 3, 4, 5]: nosuch]", syntax::Dialect::hcl, &scope);
  CHECK(evaluated.findings() == "1:28-1:34 H0145; ");
  CHECK(scope.asked == 1);
}

TEST_CASE("names are compared with undefined ones up to a limit") {
  const auto suggestions_of = [](std::size_t members) {
    std::vector<Member> made;
    for (std::size_t i = 0; i < members; ++i) made.push_back({"name" + std::to_string(i), Value::number(1)});
    MapScope scope;
    scope.set("o", Value::object(std::move(made)));
    const Evaluated evaluated("[o.nane1, o.nane1]", syntax::Dialect::hcl, &scope);
    std::size_t found = 0;
    for (const diagnostics::Diagnostic* one : evaluated.sink.sorted()) found += one->help.size();
    return found;
  };
  CHECK(suggestions_of(max_compared_names / 2) == 2);
  CHECK(suggestions_of(max_compared_names / 2 + 1) == 1);
}

TEST_CASE("work in loops is limited") {
  CHECK(quick_findings("[for a in range(1000): [for b in range(1000): [for c in range(1000): 1]]]") ==
        "H0146 ");
  CHECK(quick_findings("{for a in range(1000): a => [for b in range(1000): [for c in range(9): c * b]]}") ==
        "H0146 ");
  CHECK(quick_findings("[for a in range(1000): [for b in range(1000): length(range(1000))]]") == "H0146 ");
  CHECK(quick_findings("[for a in range(1000): [for b in range(1000): \"${a}${b}\"]]") == "H0146 ");
  CHECK(quick_findings("[for a in range(1000): 1 / (pow(3, 4000) + a) + 1 / (pow(7, 2000) + a)]") ==
        "H0146 ");
  CHECK(quick_findings(
            "[for x in [pow(2, -16000)]: [for a in range(1000): [for b in range(1000): \"a${x}\"]]]") ==
        "H0146 ");
  CHECK(quick_findings("[for a in range(1000): sum([for b in range(1000): 1 / (a * 1000 + b + 1)])]") ==
        "H0146 ");
}

TEST_CASE("work with long numbers is limited outside of loops as well") {
  const auto many = [](const std::string& part) {
    std::string all = "[";
    for (int i = 0; i < 10'000; ++i) all += part + ", ";
    return all + "1]";
  };
  CHECK(quick_findings(many("9e4899 % 7e-4899")) == "H0146 ");
  CHECK(quick_findings(many("9e4899 < 7e-4899")) == "H0146 ");
  CHECK(quick_findings(many("-9e4899")) == "H0146 ");
  CHECK(Evaluated(many("1e9 % 7.5")).findings().empty());
  CHECK(quick_findings("[for x in range(1024): 9e4899 % 7e-4899]") == "H0146 ");
}

TEST_CASE("a run as a whole is limited, whatever one evaluation may take") {
  const Evaluated first("[for a in range(1000): [for b in range(500): b]]");
  CHECK(first.sink.empty());
  const source::SourceFile file(0, "test.hcl", "[for a in range(1000): [for b in range(500): b]]");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_expression(file, syntax::Dialect::hcl, sink);
  const MapScope scope;
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink, syntax::Dialect::hcl);
  int evaluations = 0;
  while (sink.empty() && evaluations < 1000) {
    (void)evaluate(tree.expression(), context);
    ++evaluations;
  }
  CHECK(sink.has_errors());
  CHECK(evaluations > 5);
  CHECK(evaluations < 50);
}

TEST_CASE("values that double with each reference are stopped") {
  MapScope scope;
  Value value = Value::tuple({Value::number(1), Value::number(2)});
  for (int i = 0; i < 17; ++i) value = Value::tuple({value, value});
  scope.set("x", value);
  CHECK(Evaluated("[x]", syntax::Dialect::hcl, &scope).findings().empty());
  CHECK(Evaluated("[x, x]", syntax::Dialect::hcl, &scope).findings() == "1:1-1:7 H0146; ");
  CHECK(Evaluated("{a = x, b = x}", syntax::Dialect::hcl, &scope).findings() == "1:1-1:15 H0146; ");
  CHECK(Evaluated("concat([x], [x])", syntax::Dialect::hcl, &scope).findings() == "1:1-1:17 H0146; ");
  CHECK(Evaluated("x == x", syntax::Dialect::hcl, &scope).value.as_boolean());
}

TEST_CASE("values that deepen with each reference are stopped") {
  MapScope scope;
  Value value = Value::number(1);
  for (std::size_t i = 0; i < max_value_depth; ++i) value = Value::tuple({value});
  scope.set("x", value);
  CHECK(Evaluated("x[0]", syntax::Dialect::hcl, &scope).findings().empty());
  CHECK(Evaluated("[x]", syntax::Dialect::hcl, &scope).findings() == "1:1-1:4 H0146; ");
}

TEST_CASE("no function builds more than the limits allow") {
  const std::string big = "join(\"\", [for i in range(1000): format(\"%04000d\", i)])";  // 4 MB
  CHECK(Evaluated("length(" + big + ")").findings().empty());
  const std::vector<std::string> expressions{
      "join(\"\", [" + big + ", " + big + "])",
      "\"${" + big + "}${" + big + "}\"",
      "replace(" + big + ", \"0\", \"0000\")",
      "indent(9223372036854775807, \"a\\nb\")",
      "indent(5000000, \"a\\nb\\nc\")",
      "format(\"%s%s\", " + big + ", " + big + ")",
      "base64encode(" + big + ")",
      "jsonencode([" + big + ", " + big + "])",
      "urlencode(join(\"\", [for i in range(1000): format(\"%4000d\", i)]))",
      "range(1025)",
      "range(0, 1, 0.0001)",
      "pow(10, 9000)",
      "parseint(format(\"1%09000d\", 1), 10)",
      "jsondecode(\"${join(\"\", [for i in range(501): \"[\"])}\")",
      "split(\"\", " + big + ")",
      "replace(" + big + ", " + big + ", \"\")",
      "trim(" + big + ", " + big + ")"};
  for (const std::string& expression : expressions) {
    CAPTURE(expression);
    CHECK(quick_findings(expression) == "H0146 ");
  }
  CHECK(quick_findings("format(\"%99999d\", 1)") == "H0135 ");
  CHECK(quick_findings("format(\"%.99999f\", 1)") == "H0135 ");
  CHECK(result_of("length(range(1024))") == "1024");
  CHECK(result_of("length(format(\"%10000d\", 1))") == "10000");
}

TEST_CASE("a long text that is split into few parts is no large collection") {
  const std::string big = "join(\",\", [for i in range(500): format(\"%04000d\", i)])";  // 2 MB
  CHECK(result_of("length(split(\",\", " + big + "))") == "500");
}

TEST_CASE("JSON nested up to the limit is read") {
  CHECK(Evaluated("jsondecode(\"${join(\"\", [for i in range(500): \"[\"])}${join(\"\", [for i in "
                  "range(500): \"]\"])}\")")
            .findings()
            .empty());
}

TEST_CASE("a limit is not hidden by a short-circuit or a conditional") {
  CHECK(Evaluated("false && [for a in range(1000): [for b in range(1000): [for c in range(9): 1]]] == []")
            .findings()
            .find("H0146") != std::string::npos);
}

}  // namespace honua::evaluation
