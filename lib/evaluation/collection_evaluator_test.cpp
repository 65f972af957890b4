// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("literals and collections evaluate to themselves") {
  check_all({
      {"[1, \"b\", true, null]", "[1,\"b\",true,null]"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"{b = 1, c : 2, \"d\" = 3}", "{\"b\":1,\"c\":2,\"d\":3}"},
      {"{\n  h = 1\n  i = 2\n}", "{\"h\":1,\"i\":2}"},
  });
}

TEST_CASE("a lone name as a key is that name; other keys are evaluated") {
  check_all({
      {"{l = 1}", "{\"l\":1}"},
      {"{true = 1, null = 2, if = 3}", "{\"if\":3,\"null\":2,\"true\":1}"},
      {"{1 = 2}", "{\"1\":2}"},
      {"{1.50 = 2}", "{\"1.5\":2}"},
      {"{\"x${1}\" = 2}", "{\"x1\":2}"},
      {"{((\"e\")) = 4}", "{\"e\":4}"},
      {"{(o.name) = 1}", "{\"roads\":1}"},
      {"{(true) = 1}", "{\"true\":1}"},
      {"{upper(\"a\") = 1}", "{\"A\":1}"},
      {"{b-c = 1}", "{\"b-c\":1}"},
      {"{(u) = 1}", "\"(unknown)\""},
      {"{o.name = 1}", "1:2-1:8 H0142; \"(unknown)\""},
      {"{l[0] = 1}", "1:2-1:6 H0142; \"(unknown)\""},
      {"{(null) = 1}", "1:11-1:12 H0143; \"(unknown)\""},
      {"{([]) = 1}", "1:2-1:6 H0143; \"(unknown)\""},
      {"{(nosuch) = also}", "1:3-1:9 H0145; 1:13-1:17 H0145; \"(unknown)\""},
  });
}

TEST_CASE("of equal keys the last counts, with a warning") {
  check_all({
      {"{b = 1, b = 2}", "1:9-1:10 H0144; {\"b\":2}"},
      {"{b = 1, \"b\" = 2, c = 3, (\"b\") = 4}", "1:9-1:12 H0144; 1:25-1:30 H0144; {\"b\":4,\"c\":3}"},
      {"{1 = 1, \"1\" = 2}", "1:9-1:12 H0144; {\"1\":2}"},
  });
  CHECK_FALSE(Evaluated("{b = 1, b = 2}").sink.has_errors());
}

TEST_CASE("a for expression goes through sequences in order and through keys in byte order") {
  check_all({
      {"[for v in [\"a\", \"b\"]: v]", "[\"a\",\"b\"]"},
      {"[for i, v in [\"a\", \"b\"]: i]", "[0,1]"},
      {"[for v in l: upper(v)]", "[\"A\",\"B\"]"},
      {"[for k, v in s: k]", "[\"p\",\"q\"]"},
      {"[for k, v in {b = 1, a = 2, C = 3}: k]", "[\"C\",\"a\",\"b\"]"},
      {"[for v in m: v]", "[1,2]"},
      {"{for k, v in {y = 1, x = 2}: k => v}", "{\"x\":2,\"y\":1}"},
      {"{for i, v in [\"a\", \"b\"]: v => i}", "{\"a\":0,\"b\":1}"},
      {"[for x in [1, 2]: [for y in [x]: y * 2]]", "[[2],[4]]"},
      {"[for x in []: nosuch]", "[]"},
      {"{for v in [1, 2]: v => \"x\"}", "{\"1\":\"x\",\"2\":\"x\"}"},
  });
}

TEST_CASE("a broken key of a for expression does not hide what is wrong with the value") {
  CHECK(result_of("{for v in [1] : true + v => {}.x}") == "1:17-1:21 H0130; 1:31-1:33 H0137; \"(unknown)\"");
}

TEST_CASE("the condition of a for expression chooses elements") {
  check_all({
      {"[for i, v in [\"a\", \"b\", \"c\"]: v if i < 2]", "[\"a\",\"b\"]"},
      {"[for v in [1]: v if \"true\"]", "[1]"},
      {"{for k, v in {a = 1, b = 2}: k => v if v > 1}", "{\"b\":2}"},
      {"[for v in [1]: v if 1]", "1:21-1:22 H0138; \"(unknown)\""},
      {"[for v in [1]: v if null]", "1:21-1:25 H0138; \"(unknown)\""},
      {"[for v in []: v if 1]", "1:20-1:21 H0138; \"(unknown)\""},
      {"[for v in [1, 2]: v if u]", "\"(unknown)\""},
      {"[for v in [1, 2]: v if v.a]", "1:25-1:27 H0137; \"(unknown)\""},
  });
}

TEST_CASE("grouping collects values of equal keys, without it they are errors") {
  check_all({
      {"{for i, v in [\"a\", \"a\", \"b\"]: v => i...}", "{\"a\":[0,1],\"b\":[2]}"},
      {"{for i, v in [\"a\", \"a\", \"b\"]: v => i... if i > 0}", "{\"a\":[1],\"b\":[2]}"},
      {"{for i, v in [\"a\", \"a\"]: v => i}", "1:26-1:27 H0147; {\"a\":0}"},
  });
}

TEST_CASE("what cannot be gone through is reported at the collection") {
  check_all({
      {"[for v in null: v]", "1:11-1:15 H0140; \"(unknown)\""},
      {"[for v in \"abc\": v]", "1:11-1:16 H0140; \"(unknown)\""},
      {"[for v in 5: v]", "1:11-1:12 H0140; \"(unknown)\""},
      {"[for v in us: v]", "1:11-1:13 H0140; \"(unknown)\""},
      {"[for v in u: v.a]", "\"(unknown)\""},
      {"{for v in [1]: null => v}", "1:16-1:20 H0143; \"(unknown)\""},
      {"{for v in [[]]: v => 1}", "1:17-1:18 H0143; \"(unknown)\""},
      {"{for v in [u]: v => 1}", "\"(unknown)\""},
  });
}

TEST_CASE("a fault in a loop is reported once") {
  CHECK(result_of("[for v in [1, 2, 3]: v + \"x\"]") ==
        "1:26-1:29 H0130; [\"(unknown)\",\"(unknown)\",\"(unknown)\"]");
}

TEST_CASE("variables of a for expression shadow everything outside and end with it") {
  check_all({
      {"[for o in [1]: o]", "[1]"},
      {"[for v in [1]: [for v in [2]: v]]", "[[2]]"},
      {"[for v in [v]: v]", "1:12-1:13 H0145; [\"(unknown)\"]"},
      {"[[for v in [1]: v], v]", "1:21-1:22 H0145; [[1],\"(unknown)\"]"},
      {"[for if in [1]: if]", "[1]"},
  });
  CHECK(honua_result_of("[for env in [{A = 1}]: env.A]") == "[1]");
  CHECK(honua_result_of("[for True in [1]: True]") == "[1]");
}

TEST_CASE("a key used twice is an error in JSON and a warning in the native form") {
  const source::SourceFile file(0, "test.hcl.json", R"({"a": 1, "a": 2})");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse_json(file, syntax::Dialect::hcl, sink);
  const UnknownScope scope;
  const MapEnvironment environment;
  EvaluationContext context(scope, environment, sink, syntax::Dialect::hcl);
  CHECK(evaluate(tree.expression(), context).is_unknown());
  REQUIRE(sink.size() == 1);
  CHECK(sink.has_errors());
  CHECK(file.text(sink.sorted().front()->range) == "\"a\"");
  CHECK_FALSE(Evaluated("{ a = 1, a = 2 }").sink.has_errors());
}

}  // namespace honua::evaluation
