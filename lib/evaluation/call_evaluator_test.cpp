// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

namespace {

std::string uses_of(const Evaluated& evaluated) {
  std::string out;
  for (const EnvironmentUse& use : evaluated.environment_uses()) {
    out += use.name + (use.is_set ? " set" : " unset") + (use.has_default ? " default" : "") +
           (use.is_needed ? "" : " not-needed") + "@" + std::to_string(use.range.begin) + "; ";
  }
  return out;
}

}  // namespace

TEST_CASE("calls convert their arguments") {
  check_all({
      {"upper(\"a\")", "\"A\""},
      {"upper (5)", "\"5\""},
      {"max(\"1\", 2)", "2"},
      {"join(\",\", [1, true])", "\"1,true\""},
      {"max(1,)", "1"},
      {"upper(null)", "1:7-1:11 H0134; \"(unknown)\""},
      {"upper([])", "1:7-1:9 H0134; \"(unknown)\""},
      {"upper(nosuch)", "1:7-1:13 H0145; \"(unknown)\""},
      {"upper(u)", "\"(unknown)\""},
      {"coalesce(null, 1)", "1"},
  });
}

TEST_CASE("the final argument can be expanded") {
  check_all({
      {"max([1, 3, 2]...)", "3"},
      {"max(9, [1, 3]...)", "9"},
      {"join(\"-\", [l]...)", "\"a-b\""},
      {"max(toset([4, 5])...)", "5"},
      {"upper([\"a\"]...)", "\"A\""},
      {"max(5...)", "1:5-1:6 H0134; \"(unknown)\""},
      {"max(null...)", "1:5-1:9 H0134; \"(unknown)\""},
      {"max(u...)", "\"(unknown)\""},
      {"upper([\"a\", \"b\"]...)", "1:7-1:17 H0133; \"(unknown)\""},
  });
}

TEST_CASE("a wrong number of arguments is reported at the parenthesis or at the first one too many") {
  check_all({
      {"env()", "1:5-1:6 H0133; \"(unknown)\""},
      {"substr(\"a\", 1)", "1:14-1:15 H0133; \"(unknown)\""},
      {"upper(\"a\", 5 + 1)", "1:12-1:17 H0133; \"(unknown)\""},
      {"max()", "1:1-1:6 H0135; \"(unknown)\""},
      {"try()", "1:5-1:6 H0133; \"(unknown)\""},
  });
  CHECK(Evaluated("substr(\"a\")").messages().find("`substr(str, offset, length)`") != std::string::npos);
}

TEST_CASE("an argument is pointed at where the reference starts it") {
  check_all({
      {"max(1, \"abc\")", "1:9-1:13 H0134; \"(unknown)\""},
      {"max(1, 1 + 1 == 2)", "1:8-1:18 H0134; \"(unknown)\""},
      {"max(1, {a = true}[l[0]])", "1:18-1:24 H0134; \"(unknown)\""},
      {"max(1, [true][length([])])", "1:14-1:26 H0134; \"(unknown)\""},
      {"max(1, l[*])", "1:9-1:12 H0134; \"(unknown)\""},
      {"max(1, o.name)", "1:8-1:14 H0134; \"(unknown)\""},
      {"max(1, true ? true : false)", "1:8-1:27 H0134; \"(unknown)\""},
      {"max(1, \"a${1}b\")", "1:9-1:10 H0134; \"(unknown)\""},
      {"max(1, \"${1}b\")", "1:11-1:12 H0134; \"(unknown)\""},
      {"max(1, (true))", "1:8-1:14 H0134; \"(unknown)\""},
  });
}

TEST_CASE("unknown functions are named, with the nearest known one") {
  check_all({
      {"nosuch(1)", "1:1-1:7 H0132; \"(unknown)\""},
      {"core::upper(1)", "1:1-1:12 H0132; \"(unknown)\""},
      {"uper(nosuch)", "1:1-1:5 H0132; 1:6-1:12 H0145; \"(unknown)\""},
  });
  CHECK(Evaluated("uper(\"a\")").messages().find("did you mean `upper`?") != std::string::npos);
}

TEST_CASE("undefined variables are named, with what may have been meant") {
  CHECK(result_of("nosuch.a.b") == "1:1-1:7 H0145; \"(unknown)\"");
  CHECK(Evaluated("vra.schema").messages().find("did you mean `var`?") != std::string::npos);
  CHECK(Evaluated("postgresql").messages().find("put it in quotes: `\"postgresql\"`") != std::string::npos);
  CHECK(Evaluated("env.X").messages().find("`env(\"NAME\")`") != std::string::npos);
  CHECK(Evaluated("[for layer in [1]: laier]").messages().find("did you mean `layer`?") != std::string::npos);
}

TEST_CASE("try takes the first expression without errors") {
  check_all({
      {"try(1, 2)", "1"},
      {"try(o.nosuch, \"x\")", "\"x\""},
      {"try(nosuch, [][0], 3)", "3"},
      {"try(u, 1)", "\"(unknown)\""},
      {"try(o.nosuch)", "1:6-1:13 H0137; \"(unknown)\""},
      {"try(nosuch, o.also)", "1:14-1:19 H0137; \"(unknown)\""},
      {"try([1, 2]...)", "1:5-1:11 H0134; \"(unknown)\""},
  });
}

TEST_CASE("can tells whether there are errors") {
  check_all({
      {"can(o.name)", "true"},
      {"can(o.nosuch)", "false"},
      {"can(u)", "\"(unknown)\""},
      {"can(1, []...)", "1:8-1:10 H0134; \"(unknown)\""},
      {"can([1]...)", "1:5-1:8 H0134; \"(unknown)\""},
      {"can(1, 2)", "1:8-1:9 H0133; \"(unknown)\""},
  });
}

TEST_CASE("env reads the environment, and what it yields is sensitive") {
  check_all({
      {"env(\"TOKEN\")", "\"swordfish\""},
      {"env(\"EMPTY\")", "\"\""},
      {"env(\"NOPE\")", "\"(unknown)\""},
      {"env(\"NOPE\", \"x\")", "\"x\""},
      {"env(\"TOKEN\", \"x\")", "\"swordfish\""},
      {"env(\"NOPE\", null)", "null"},
      {"env(\"TO${\"KEN\"}\")", "\"swordfish\""},
      {"env(u)", "\"(unknown)\""},
      {"env(null)", "1:5-1:9 H0134; \"(unknown)\""},
      {"env([])", "1:5-1:7 H0134; \"(unknown)\""},
  });
  CHECK(Evaluated("env(\"TOKEN\")").value.is_sensitive());
  CHECK(Evaluated("env(\"NOPE\")").value.is_sensitive());
  CHECK(Evaluated("env(\"NOPE\", \"x\")").value.is_sensitive());
}

TEST_CASE("every environment variable that is asked for is listed") {
  CHECK(uses_of(Evaluated("env(\"TOKEN\")")) == "TOKEN set@0; ");
  CHECK(uses_of(Evaluated("[env(\"NOPE\"), env(\"NOPE\", 1)]")) == "NOPE unset@1; NOPE unset default@14; ");
  CHECK(uses_of(Evaluated("[for v in [\"A\", \"B\", \"A\"]: env(v)]")) == "A unset@27; B unset@27; ");
  CHECK(uses_of(Evaluated("true ? env(\"TOKEN\") : env(\"NOPE\")")) ==
        "TOKEN set@7; NOPE unset not-needed@22; ");
  // Which result of a conditional is chosen differs from turn to turn.
  CHECK(uses_of(Evaluated("[for v in [1, 2]: v == 2 ? env(\"A\") : 0]")) == "A unset@27; ");
  CHECK(uses_of(Evaluated("[for v in [1, 2]: v == 1 ? env(\"A\") : 0]")) == "A unset@27; ");
  CHECK(uses_of(Evaluated("[for v in [1, 2]: v == 3 ? env(\"A\") : 0]")) == "A unset not-needed@27; ");
  CHECK(uses_of(Evaluated("u ? env(\"A\") : env(\"B\")")) == "A unset@4; B unset@15; ");
  CHECK(uses_of(Evaluated("\"x${env:NOPE}\"", syntax::Dialect::honua)) == "NOPE unset@4; ");
}

TEST_CASE("Honua's own forms of env and of booleans are understood with a warning") {
  CHECK(honua_result_of("\"${env:TOKEN}\"").find("\"swordfish\"") != std::string::npos);
  CHECK(honua_result_of("\"a${env:TOKEN}\"").find("\"aswordfish\"") != std::string::npos);
  CHECK(honua_result_of("env.TOKEN") == "1:1-1:10 H0123; \"swordfish\"");
  CHECK(honua_result_of("\"${env.TOKEN}/x\"") == "1:4-1:13 H0123; \"swordfish/x\"");
  CHECK(honua_result_of("env.TOKEN.x") == "1:1-1:10 H0123; 1:10-1:12 H0137; \"(unknown)\"");
  CHECK(honua_result_of("True") == "1:1-1:5 H0124; true");
  CHECK(honua_result_of("FALSE || tRuE") == "1:1-1:6 H0124; 1:10-1:14 H0124; true");
  CHECK(honua_result_of("{True = 1}") == "{\"True\":1}");
  CHECK_FALSE(Evaluated("True", syntax::Dialect::honua).sink.has_errors());
  CHECK(result_of("True") == "1:1-1:5 H0145; \"(unknown)\"");
  CHECK(result_of("env.TOKEN") == "1:1-1:4 H0145; \"(unknown)\"");
}

TEST_CASE("warnings about a text stay even where its value is not used") {
  CHECK(honua_result_of("true ? 1 : True ? 2 : 3") == "1:12-1:16 H0124; 1");
}

}  // namespace honua::evaluation
