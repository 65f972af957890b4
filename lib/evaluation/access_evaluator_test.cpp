// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("an index is a whole number within the sequence") {
  check_all({
      {"[1, 2][1]", "2"},
      {"[1, 2] [0]", "1"},
      {"[1, 2][\"1\"]", "2"},
      {"[1, 2].1", "2"},
      {"[1, 2].1e0", "2"},
      {"[1, 2].1e1", "1:7-1:11 H0136; \"(unknown)\""},
      {"{}.1e30", "1:3-1:8 H0136; \"(unknown)\""},
      {"l[0]", "\"a\""},
      {"[[1, 2], [3]][0][1]", "2"},
      {"[1][0.5]", "1:4-1:9 H0136; \"(unknown)\""},
      {"[1][-1]", "1:4-1:8 H0136; \"(unknown)\""},
      {"[1][1]", "1:4-1:7 H0136; \"(unknown)\""},
      {"[][0]", "1:3-1:6 H0136; \"(unknown)\""},
      {"[1][\"x\"]", "1:4-1:9 H0136; \"(unknown)\""},
      {"[1][null]", "1:4-1:10 H0136; \"(unknown)\""},
      {"[1][99999999999999999999]", "1:4-1:26 H0136; \"(unknown)\""},
      {"null[0]", "1:5-1:8 H0136; \"(unknown)\""},
      {"\"abc\"[0]", "1:6-1:9 H0136; \"(unknown)\""},
      {"s[0]", "1:2-1:5 H0136; \"(unknown)\""},
      {"[1, 2][u]", "\"(unknown)\""},
      {"u[0]", "\"(unknown)\""},
      {"us[0]", "1:3-1:6 H0136; \"(unknown)\""},
  });
}

TEST_CASE("a key finds the member of an object or map") {
  check_all({
      {"{a = 1}[\"a\"]", "1"},
      {"{1 = \"x\"}[1]", "\"x\""},
      {"m[\"y\"]", "2"},
      {"m.x", "1"},
      {"o.none", "null"},
      {"{y = 1} . y", "1"},
      {"{if = 2}.if", "2"},
      {"{a = {b = {c = 3}}}.a.b.c", "3"},
      {"{a = 1}.b", "1:8-1:10 H0137; \"(unknown)\""},
      {"{a = 1}[\"b\"]", "1:8-1:13 H0136; \"(unknown)\""},
      {"{a = 1}[0]", "1:8-1:11 H0136; \"(unknown)\""},
      {"m.z", "1:2-1:4 H0137; \"(unknown)\""},
      {"{a = 1}[[]]", "1:8-1:12 H0136; \"(unknown)\""},
      {"{a = 1}[u]", "\"(unknown)\""},
      {"null.b", "1:5-1:7 H0137; \"(unknown)\""},
      {"\"x\".b", "1:4-1:6 H0137; \"(unknown)\""},
      {"[{a = 1}].a", "1:10-1:12 H0137; \"(unknown)\""},
      {"o.none.x", "1:7-1:9 H0137; \"(unknown)\""},
      {"u.a.b", "\"(unknown)\""},
      {"us.a", "1:3-1:5 H0137; \"(unknown)\""},
  });
}

TEST_CASE("a step's range starts at its dot or bracket, wherever that stands") {
  CHECK(result_of("(null /* why */ . b)") == "1:17-1:20 H0137; \"(unknown)\"");
  CHECK(result_of("([]\n # here\n [0])") == "3:2-3:5 H0136; \"(unknown)\"");
}

TEST_CASE("a full splat applies everything behind it to each element, an attribute splat only names") {
  check_all({
      {"[{b = 1}, {b = 2}][*].b", "[1,2]"},
      {"[{b = 1}, {b = 2}].*.b", "[1,2]"},
      {"[{b = [1, 2]}, {b = [3]}][*].b[0]", "[1,3]"},
      {"[{b = [1, 2]}, {b = [3]}].*.b[0]", "[1,2]"},
      {"[[{b = 1}], [{b = 2}]][*][*].b", "[[1],[2]]"},
      {"[[1, 2], [3, 4]].*.1", "[2,4]"},
      {"[1, 2][*]", "[1,2]"},
      {"null[*]", "[]"},
      {"null.*.a", "[]"},
      {"{x = {b = 1}}[*].x.b", "[1]"},
      {"\"a\"[*]", "[\"a\"]"},
      {"l[*]", "[\"a\",\"b\"]"},
      {"s[*]", "[\"p\",\"q\"]"},
      {"u[*].a", "\"(unknown)\""},
      {"[u, {a = 1}][*].a", "[\"(unknown)\",1]"},
      {"[{b = 1}, {}][*].b", "1:17-1:19 H0137; \"(unknown)\""},
      {"[1, 2, 3][*].b", "1:13-1:15 H0137; \"(unknown)\""},
      {"[for x in [[{a = 1}]]: x[*].a]", "[[1]]"},
  });
}

TEST_CASE("a splat over a list is a list again") {
  CHECK(Evaluated("tolist([{a = 1}, {a = 2}])[*].a").value.kind() == ValueKind::list);
  CHECK(Evaluated("[{a = 1}][*].a").value.kind() == ValueKind::tuple);
}

TEST_CASE("findings about members come with the nearest name") {
  CHECK(Evaluated("{schema = 1}.shcema").messages().find("did you mean `schema`?") != std::string::npos);
  CHECK(Evaluated("{schema = 1}[\"shcema\"]").messages().find("did you mean `schema`?") != std::string::npos);
  CHECK(Evaluated("[1, 2][2]").messages().find("the last index is 1") != std::string::npos);
  CHECK(Evaluated("[{a = 1}].a").messages().find("[*].a") != std::string::npos);
}

TEST_CASE("a value keeps the range of the place where it was written") {
  const Evaluated literal("[5, {a = \"x\"}]");
  REQUIRE(literal.value.elements().size() == 2);
  CHECK(literal.value.range() == source::SourceRange{0, 0, 14});
  CHECK(literal.value.elements()[0].range() == source::SourceRange{0, 1, 2});
  CHECK(literal.value.elements()[1].find("a")->range() == source::SourceRange{0, 9, 12});
  CHECK(Evaluated("[5][0]").value.range() == source::SourceRange{0, 1, 2});
  CHECK(Evaluated("1 + 1").value.range() == source::SourceRange{0, 0, 5});
  CHECK(Evaluated("\"${5}\"").value.range() == source::SourceRange{0, 3, 4});
  CHECK_FALSE(Evaluated("o.name").value.range().has_value());
}

}  // namespace honua::evaluation
