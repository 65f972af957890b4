// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("a conditional with a broken condition has no type to complain about") {
  CHECK(result_of("join(\"\", [format(\"%\") ? 2 : \"c\"]...)") == "1:11-1:22 H0135; \"(unknown)\"");
}

TEST_CASE("arithmetic is exact and converts numeric strings") {
  const EvaluationCase cases[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"10 - 4 - 3", "3"},
      {"100 / 10 * 2", "20"},
      {"0.1 + 0.2 == 0.3", "true"},
      {"1 / 3 * 3 == 1", "true"},
      {"-7 % 3", "-1"},
      {"7 % -3", "1"},
      {"11 % 5.1", "0.8"},
      {"5 % 0", "5"},
      {"\"1\" + 2", "3"},
      {"-\"5\"", "-5"},
      {"-(-1)", "1"},
      {"- -1", "1"},
      {"-2 * 3", "-6"},
      {"1 / 0", "\"+Inf\""},
      {"-1 / 0", "\"-Inf\""},
      {"99999999999999999999 + 1", "100000000000000000000"},
      {"0 / 0", "1:1-1:6 H0131; \"(unknown)\""},
      {"\"x\" + 1", "1:1-1:4 H0130; \"(unknown)\""},
      {"\"x\" + \"y\"", "1:1-1:4 H0130; 1:7-1:10 H0130; \"(unknown)\""},
      {"true + 1", "1:1-1:5 H0130; \"(unknown)\""},
      {"null + 1", "1:1-1:9 H0130; \"(unknown)\""},
      {"-[1]", "1:2-1:5 H0130; \"(unknown)\""},
      {"-null", "1:1-1:6 H0130; \"(unknown)\""},
      {"u + 1", "\"(unknown)\""},
      {"u + \"x\"", "1:5-1:8 H0130; \"(unknown)\""},
      {"1e99999", "1:1-1:8 H0146; \"(unknown)\""},
  };
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

TEST_CASE("an error yields an unknown value, of which nothing more is said") {
  CHECK(result_of("(\"x\" + 1) && true") == "1:2-1:5 H0130; \"(unknown)\"");
  CHECK(result_of("[for v in \"x\" + 1 : v.a.b]") == "1:11-1:14 H0130; \"(unknown)\"");
  CHECK(result_of("nosuch.a[0].b * 2") == "1:1-1:7 H0145; \"(unknown)\"");
}

TEST_CASE("comparisons need numbers, equality takes anything as it is") {
  const EvaluationCase cases[] = {
      {"1 < 2", "true"},
      {"2 <= 2", "true"},
      {"\"2\" < \"10\"", "true"},
      {"1 > 2", "false"},
      {"2 >= 3", "false"},
      {"1 < 2 < 3", "1:1-1:6 H0130; \"(unknown)\""},
      {"\"a\" < \"b\"", "1:1-1:4 H0130; 1:7-1:10 H0130; \"(unknown)\""},
      {"null < 1", "1:1-1:9 H0130; \"(unknown)\""},
      {"u < 1", "\"(unknown)\""},
      {"\"1\" == 1", "false"},
      {"\"1\" != 1", "true"},
      {"[1] == [\"1\"]", "false"},
      {"[1, {a = 2}] == [1, {a = 2}]", "true"},
      {"null == null", "true"},
      {"1 == null", "false"},
      {"null != \"x\"", "true"},
      {"l == [\"a\", \"b\"]", "false"},
      {"l == tolist([\"a\", \"b\"])", "true"},
      {"u == 1", "\"(unknown)\""},
      {"[u, 1] == [u, 2]", "false"},
      {"us == 1", "false"},
  };
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

TEST_CASE("if one side of && or || decides alone, errors of the other are dropped") {
  const EvaluationCase cases[] = {
      {"true && \"true\"", "true"},
      {"true || false", "true"},
      {"!true", "false"},
      {"!!true", "true"},
      {"!\"false\"", "true"},
      {"!true == false", "true"},
      {"false && nosuch", "false"},
      {"nosuch && false", "false"},
      {"true || [][0]", "true"},
      {"[][0] || true", "true"},
      {"false && 5", "false"},
      {"5 || true", "true"},
      {"n != null && n.a", "false"},
      {"u && false", "false"},
      {"true || u", "true"},
      {"u && true", "\"(unknown)\""},
      {"nosuch && true", "1:1-1:7 H0145; \"(unknown)\""},
      {"false || nosuch", "1:10-1:16 H0145; \"(unknown)\""},
      {"5 && true", "1:1-1:2 H0130; \"(unknown)\""},
      {"null && true", "1:1-1:13 H0130; \"(unknown)\""},
      {"false && null", "false"},
      {"!5", "1:2-1:3 H0130; \"(unknown)\""},
      {"false && nosuch && 5", "false"},
      {"true && (nosuch || true) && 5", "1:29-1:30 H0130; \"(unknown)\""},
  };
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

TEST_CASE("a conditional reports only the errors of the chosen result") {
  const EvaluationCase cases[] = {
      {"true ? 1 : [][0]", "1"},
      {"false ? nosuch : 2", "2"},
      {"true ? [][0] : 1", "1:10-1:13 H0136; \"(unknown)\""},
      {"false ? 1 : true ? 2 : 3", "2"},
      {"\"true\" ? 1 : 2", "1"},
      {"u ? 1 : 2", "\"(unknown)\""},
      {"true ? { a = 1 } : { b = {}, c = nosuch }", R"({"a":1})"},
      {"u ? nosuch : nosuch", "\"(unknown)\""},
      {"1 ? 2 : 3", "1:1-1:2 H0138; \"(unknown)\""},
      {"null ? 2 : 3", "1:1-1:5 H0138; \"(unknown)\""},
      {"nosuch ? 1 : 2", "1:1-1:7 H0145; \"(unknown)\""},
  };
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

TEST_CASE("both results of a conditional are brought to one type") {
  const EvaluationCase cases[] = {
      {"true ? 1 : \"x\"", "\"1\""},
      {"true ? true : \"x\"", "\"true\""},
      {"true ? null : 1", "null"},
      {"true ? 1 : null", "1"},
      {"true ? [1] : [\"x\"]", "[\"1\"]"},
      {"true ? [1] : [1, 2]", "[1]"},
      {"true ? [] : [1]", "[]"},
      {"true ? {x = 1} : {y = \"s\"}", "{\"x\":\"1\"}"},
      {"true ? {x = 1} : {x = \"s\"}", "{\"x\":\"1\"}"},
      {"true ? [1, null] : [\"x\", 2]", "[\"1\",null]"},
      {"true ? [1] : \"x\"", "1:8-1:17 H0139; \"(unknown)\""},
      {"true ? true : 1", "1:8-1:16 H0139; \"(unknown)\""},
      {"true ? {} : []", "1:8-1:15 H0139; \"(unknown)\""},
      {"true ? [1] : u", "[1]"},
      {"u ? [1] : \"x\"", "1:5-1:14 H0139; \"(unknown)\""},
  };
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

TEST_CASE("a chain of a hundred thousand operators is evaluated without recursion") {
  std::string sum = "0";
  for (int i = 0; i < 100'000; ++i) sum += " + 1";
  CHECK(result_of(sum) == "100000");
  std::string decision = "false";
  for (int i = 0; i < 100'000; ++i) decision += " || false";
  CHECK(result_of(decision + " || true") == "true");
  std::string access = "o";
  for (int i = 0; i < 100'000; ++i) access += ".a";
  CHECK(result_of(access) == "1:2-1:4 H0137; \"(unknown)\"");
}

TEST_CASE("expressions as deep as the parser takes them can be evaluated") {
  const std::size_t depth = syntax::max_nesting_depth - 5;
  CHECK(result_of(std::string(depth, '(') + "1" + std::string(depth, ')')) == "1");
  CHECK(result_of(std::string(depth, '[') + "1" + std::string(depth, ']')).size() == 2 * depth + 1);
  CHECK(result_of(std::string(depth, '!') + "true") == (depth % 2 == 0 ? "true" : "false"));
  std::string conditional;
  for (std::size_t i = 0; i < depth; ++i) conditional += "false ? 1 : ";
  CHECK(result_of(conditional + "2") == "2");
  std::string templates = "1";
  for (std::size_t i = 0; i < depth / 2; ++i) templates.insert(0, "\"${").append("}\"");
  CHECK(result_of(templates) == "1");
}

}  // namespace honua::evaluation
