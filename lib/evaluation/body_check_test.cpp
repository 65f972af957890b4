// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "evaluation/dump.h"
#include "evaluation/evaluate_for_test.h"
#include "evaluation/text_checks.h"

namespace honua::evaluation {

namespace {

bool is_trivial(const std::string& text) { return is_trivially_valid(Evaluated(text).expression()); }

// The findings of a whole file.
std::string checked(const std::string& text, syntax::Dialect dialect = syntax::Dialect::honua) {
  const source::SourceFile file(0, "test.hcl", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, dialect, sink);
  const MapScope scope = Evaluated::names();
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink, dialect);
  check_body(tree.body(), context);
  std::string out;
  for (const diagnostics::Diagnostic* one : sink.sorted()) {
    out += std::to_string(file.position(one->range.begin).line) + " " + std::string(one->rule->code) + "; ";
  }
  return out;
}

std::string dumped(const std::string& text, Secrets secrets = Secrets::hide) {
  const source::SourceFile file(0, "test.hcl", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::hcl, sink);
  const MapScope scope = Evaluated::names();
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink, syntax::Dialect::hcl);
  return dump_evaluated_body(tree.body(), context, secrets);
}

}  // namespace

TEST_CASE("literals and collections of them need no evaluation") {
  for (const std::string text :
       {"1", "1.5", "true", "null", "\"text\"", "\"a\\n\\\"b\\\"\"", "\"\"", "[]", "[1, [\"a\", {b = 2}]]",
        "{a = 1, b = [true]}", "\"$${x}\"", "\"an environment\""}) {
    CAPTURE(text);
    CHECK(is_trivial(text));
    CHECK(Evaluated(text, syntax::Dialect::honua).findings().empty());
    CHECK(Evaluated(text).value.is_wholly_known());
  }
}

TEST_CASE("everything that could yield a finding is evaluated") {
  for (const std::string text : {"1e99999",
                                 "12345678901234567890",
                                 "a",
                                 "[a]",
                                 "{a = b}",
                                 "{a = 1, a = 2}",
                                 "{(1) = 2}",
                                 "{\"a\" = 1}",
                                 "-1",
                                 "1 + 1",
                                 "(1)",
                                 "f()",
                                 "\"${1}\"",
                                 "\"var.x\"",
                                 "\"env(\\\"X\\\")\"",
                                 "\"\\u0065nv('X')\"",
                                 "<<EOT\nx\nEOT\n",
                                 "[for v in []: v]",
                                 "true ? 1 : 2",
                                 "{a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1}"}) {
    CAPTURE(text);
    CHECK_FALSE(is_trivial(text));
  }
}

TEST_CASE("a body is checked with all its blocks") {
  CHECK(checked("a = 1\nb = nosuch\nc {\n  d = \"x\" + 1\n  e {\n    f = [][0]\n  }\n}\n") ==
        "2 H0145; 4 H0130; 6 H0136; ");
  CHECK(checked("a = { b = 1, b = 2 }\nc = \"var.schema\"\nd = 1e99999\n") == "1 H0144; 2 H0105; 3 H0146; ");
  CHECK(checked("a = [1, 2]\nb = \"x\"\nc {\n}\n").empty());
}

TEST_CASE("bodies nested as deep as the parser takes them are checked") {
  std::string text;
  const unsigned depth = syntax::max_nesting_depth - 5;
  for (unsigned i = 0; i < depth; ++i) text += "b {\n";
  text += "a = nosuch\n";
  for (unsigned i = 0; i < depth; ++i) text += "}\n";
  CHECK(checked(text) == std::to_string(depth + 1) + " H0145; ");
}

TEST_CASE("an evaluated body is dumped as JSON") {
  CHECK(dumped("b = 1.50\na = \"x\"\nlayer \"roads\" main {\n  c = secret\n}\nlayer {\n}\n") ==
        "{\"attributes\":{\"a\":\"x\",\"b\":1.5},\"blocks\":["
        "{\"type\":\"layer\",\"labels\":[\"roads\",\"main\"],\"line\":3,"
        "\"body\":{\"attributes\":{\"c\":\"(sensitive)\"},\"blocks\":[]}},"
        "{\"type\":\"layer\",\"labels\":[],\"line\":6,\"body\":{\"attributes\":{},\"blocks\":[]}}]}");
  CHECK(dumped("c = [secret, u]\n", Secrets::reveal) ==
        "{\"attributes\":{\"c\":[\"swordfish\",\"(unknown)\"]},\"blocks\":[]}");
}

TEST_CASE("an evaluated attribute says where it stands") {
  const source::SourceFile file(0, "test.hcl", "name = 1 + 1\n");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::hcl, sink);
  const MapScope scope;
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink);
  const EvaluatedAttribute attribute = evaluate(tree.body().attributes().front(), context);
  CHECK(attribute.name == "name");
  CHECK(attribute.name_range == source::SourceRange{0, 0, 4});
  CHECK(attribute.range == source::SourceRange{0, 7, 12});
  CHECK(to_json(attribute.value) == "2");
}

TEST_CASE("templates in JSON are evaluated, and findings point into the JSON file") {
  const std::string text =
      R"x({"a": "x${1 + 1}", "b": "${[1]}", "c": "${nosuch}", "d": {"k${1}": -1.5}, "e": "\u0024{l[0]}"})x";
  const source::SourceFile file(0, "test.hcl.json", text);
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_json(file, syntax::Dialect::hcl, sink);
  const MapScope scope = Evaluated::names();
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink, syntax::Dialect::hcl);
  const Value value = evaluate(tree.expression(), context);
  CHECK(to_json(value) == R"x({"a":"x2","b":[1],"c":"(unknown)","d":{"k1":-1.5},"e":"a"})x");
  REQUIRE(sink.size() == 1);
  CHECK(file.text(sink.sorted().front()->range) == "nosuch");
}

TEST_CASE("words are told from parts of words") {
  CHECK(contains_env_call("env(\"X\")"));
  CHECK(contains_env_call("(env('X'))"));
  CHECK_FALSE(contains_env_call("myenv(\"X\")"));
  CHECK_FALSE(contains_env_call("a.env(\"X\")"));
  CHECK_FALSE(contains_env_call("env(X)"));
  CHECK_FALSE(contains_env_call("env("));
  CHECK(find_bare_variable("a/var.name/b") == "name");
  CHECK(find_bare_variable("xvar.a var.b-c.d") == "b-c");
  CHECK(find_bare_variable("var.\u00e9") == "\u00e9");
  CHECK_FALSE(find_bare_variable("var.1").has_value());
  CHECK_FALSE(find_bare_variable("var.").has_value());
}

}  // namespace honua::evaluation
