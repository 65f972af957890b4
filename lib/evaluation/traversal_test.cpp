// SPDX-License-Identifier: MIT
#include "evaluation/traversal.h"

#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

namespace {

std::string shown(const Traversal& traversal) {
  std::string out = traversal.root;
  for (const TraversalStep& step : traversal.steps) {
    const std::string key = step.index ? step.index->to_string() : to_json(Value::string(step.name));
    out += step.is_attribute ? "." + step.name : "[" + key + "]";
  }
  return out;
}

std::string traversal_of(const std::string& expression, bool keywords = false) {
  const Evaluated parsed(expression);
  const auto traversal = static_traversal(parsed.expression(), keywords);
  return traversal ? shown(*traversal) : "none";
}

std::string references_of(const std::string& expression) {
  const Evaluated parsed(expression);
  std::string out;
  for (const Traversal& one : references(parsed.expression())) out += shown(one) + " ";
  return out;
}

}  // namespace

TEST_CASE("a traversal is a name with static steps and nothing else") {
  CHECK(traversal_of("a") == "a");
  CHECK(traversal_of("a.b[\"c d\"][0].1") == "a.b[\"c d\"][0][1]");
  CHECK(traversal_of("a[b]") == "none");
  CHECK(traversal_of("a[*].b") == "none");
  CHECK(traversal_of("(a).b") == "none");
  CHECK(traversal_of("(a)") == "none");
  CHECK(traversal_of("a + b") == "none");
  CHECK(traversal_of("f(a)") == "none");
  CHECK(traversal_of("true") == "none");
  CHECK(traversal_of("true", true) == "true");
  CHECK(traversal_of("null.a", true) == "null.a");
}

TEST_CASE("a traversal and its steps know their ranges") {
  const Evaluated parsed("a . b [ 0 ]");
  const auto traversal = static_traversal(parsed.expression());
  REQUIRE(traversal.has_value());
  CHECK(traversal->root_range == source::SourceRange{0, 0, 1});
  CHECK(traversal->steps[0].range == source::SourceRange{0, 2, 5});
  CHECK(traversal->steps[1].range == source::SourceRange{0, 6, 11});
}

TEST_CASE("references are found wherever an expression may stand") {
  CHECK(references_of("a.b + c[d.e].f - 1") == "a.b c d.e ");
  CHECK(references_of("f(a, [b], {c = d, (e) = g, \"${h}\" = 1})") == "a b d e g h ");
  CHECK(references_of("\"x${a}%{if b}${c}%{else}${d}%{endif}\"") == "a b c d ");
  CHECK(references_of("a[*].b[c] ? (d) : !e") == "a c d e ");
  CHECK(references_of("x.*.y[a]") == "x a ");
  CHECK(references_of("\"plain\"").empty());
}

TEST_CASE("names that a for binds are no references, except in its collection") {
  CHECK(references_of("[for v in v: v.a + w if v.b]") == "v w ");
  CHECK(references_of("{for k, v in x: k => v...}") == "x ");
  CHECK(references_of("[[for v in x: v], v]") == "x v ");
  CHECK(references_of("\"%{for v in x}${v}${y}%{endfor}${v}\"") == "x y v ");
}

TEST_CASE("references in a long chain are found without recursion") {
  std::string sum = "a";
  for (int i = 0; i < 50'000; ++i) sum += " + a";
  const Evaluated parsed(sum);
  CHECK(references(parsed.expression()).size() == 50'001);
}

TEST_CASE("a scope may answer for a whole traversal, for its beginning, or not at all") {
  class Host final : public Scope {
   public:
    [[nodiscard]] std::optional<Resolution> resolve(const Traversal& traversal) const override {
      if (traversal.root == "reference")
        return Resolution{Value::string(shown(traversal)), traversal.steps.size()};
      if (traversal.root == "object") {
        return Resolution{Value::object({{"x", Value::number(5)}}),
                          std::size_t{traversal.steps.empty() ? 0U : 1U}};
      }
      return std::nullopt;
    }
    [[nodiscard]] std::vector<std::string> root_names() const override { return {"reference", "object"}; }
  };
  const Host host;
  const auto evaluated = [&](const char* expression) {
    return Evaluated(expression, syntax::Dialect::hcl, &host).summary();
  };
  CHECK(evaluated("reference.db.main[\"x\"]") == "\"reference.db.main[\\\"x\\\"]\"");
  CHECK(evaluated("[for s in [\"a\"]: reference.db]") == "[\"reference.db\"]");
  CHECK(evaluated("object.anything.x") == "5");
  CHECK(evaluated("object.anything.y") == "1:16-1:18 H0137; \"(unknown)\"");
  CHECK(evaluated("other.x") == "1:1-1:6 H0145; \"(unknown)\"");
}

TEST_CASE("an unknown scope never complains") {
  const UnknownScope scope;
  const Evaluated evaluated("anything.at[\"all\"][0] + [for v in else: v.x][0]", syntax::Dialect::hcl,
                            &scope);
  CHECK(evaluated.findings().empty());
  CHECK(evaluated.value.is_unknown());
}

}  // namespace honua::evaluation
