// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "evaluation/evaluate_for_test.h"

namespace honua::evaluation {

TEST_CASE("strings are decoded and normalized") {
  check_all({
      {R"("a\n\t\"\\")", R"("a\n\t\"\\")"},
      {R"("\u00e9\U0001F600")", "\"\u00e9\U0001F600\""},
      {"\"e\u0301\" == \"\u00e9\"", "true"},
      {R"("$${x} %%{y} $ $$ %")", R"("${x} %{y} $ $$ %")"},
      {"<<EOT\n  x\n\\n\nEOT\n", "\"  x\\n\\\\n\\n\""},
      {"<<-EOT\n    x\n  y\n  EOT\n", "\"  x\\ny\\n\""},
      {"<<EOT\nEOT\n", "\"\""},
  });
}

TEST_CASE("a template of one interpolation is its value, of any type") {
  check_all({
      {R"("${true}")", "true"},
      {R"("${[1, 2]}")", "[1,2]"},
      {R"("${"${true}"}")", "true"},
      {R"("${null}")", "null"},
      {R"("${~ 1 ~}")", "1"},
      {R"(" ${true}")", "\" true\""},
      {R"("${""}${true}")", "\"true\""},
      {R"("  ${~ 1 ~}  ")", "\"1\""},
      {"<<X\n${1}\nX\n", "\"1\\n\""},
      {R"("%{ if true }${1}%{ endif }")", "\"1\""},
      {R"("%{ for v in [true] }${v}%{ endfor }")", "\"true\""},
  });
}

TEST_CASE("parts of a template become text") {
  check_all({
      {R"("a${1}b${true}c${1.50}")", "\"a1btruec1.5\""},
      {R"("x${"y"}")", "\"xy\""},
      {R"("x${u}")", "\"(unknown)\""},
      {R"("x${null}")", "1:5-1:9 H0141; \"(unknown)\""},
      {R"("x${[1]}")", "1:5-1:8 H0141; \"(unknown)\""},
      {R"("x${ {a = 1} }")", "1:6-1:13 H0141; \"(unknown)\""},
      {R"("x${nosuch}y${[]}")", "1:5-1:11 H0145; 1:15-1:17 H0141; \"(unknown)\""},
      {R"("hello ${~ "world" }")", "\"helloworld\""},
      {R"("${"hello" ~}${" world"}")", "\"hello world\""},
      {"<<A\nx${<<B\ny\nB\n}z\nA\n", "\"xy\\nz\\n\""},
  });
}

TEST_CASE("an if directive yields one of its contents") {
  check_all({
      {R"("%{if true}yes%{else}no%{endif}")", "\"yes\""},
      {R"("%{if false}yes%{else}no%{endif}")", "\"no\""},
      {R"("%{if false}yes%{endif}")", "\"\""},
      {R"("%{if "true"}yes%{endif}")", "\"yes\""},
      {R"("%{ if false ~} yes %{~ endif }")", "\"\""},
      {R"("a%{if true}${nosuch}%{else}${also}%{endif}")", "1:15-1:21 H0145; \"(unknown)\""},
      {R"("a%{if false}${nosuch}%{endif}")", "\"a\""},
      {R"("%{if u}a%{endif}")", "\"(unknown)\""},
      {R"("%{if 1}a%{endif}")", "1:7-1:8 H0138; \"(unknown)\""},
      {R"("%{if null}a%{endif}")", "1:7-1:11 H0138; \"(unknown)\""},
      {R"("%{if true}${[1]}%{endif}")", "1:14-1:17 H0141; \"(unknown)\""},
  });
}

TEST_CASE("a for directive repeats its content") {
  check_all({
      {R"("%{for v in ["a", "b"]}<${v}>%{endfor}")", "\"<a><b>\""},
      {R"("%{for i, v in ["a", "b"]}${i}=${v} %{endfor}")", "\"0=a 1=b \""},
      {R"("%{for k, v in {b = 1, a = 2}}${k}${v}%{endfor}")", "\"a2b1\""},
      {R"("%{for v in []}${nosuch}%{endfor}")", "\"\""},
      {R"("%{for v in null}x%{endfor}")", "1:13-1:17 H0140; \"(unknown)\""},
      {R"("%{for v in u}x%{endfor}")", "\"(unknown)\""},
      {R"("%{for v in [null]}${v}%{endfor}")", "1:22-1:23 H0141; \"(unknown)\""},
      {R"("%{for x in [1, 2]}%{for y in [x]}${y}%{endfor};%{endfor}")", "\"1;2;\""},
      {"<<EOT\n%{ for v in [1, 2] ~}\n${v}\n%{ endfor ~}\nEOT\n", "\"1\\n2\\n\""},
  });
}

TEST_CASE("an invalid place is not spoken of again") {
  const Evaluated broken("\"a${1 + }b\"");
  CHECK(broken.sink.size() == 1);
  CHECK(broken.value.is_unknown());
}

TEST_CASE("text that looks like a reference to an existing variable is pointed out") {
  CHECK(honua_result_of("\"./var.schema/x\"") == "1:1-1:17 H0105; \"./var.schema/x\"");
  CHECK(honua_result_of("\"a var.schema ${1}\"") == "1:2-1:15 H0105; \"a var.schema 1\"");
  // No such variable, or no word of its own.
  CHECK(honua_result_of("\"/var.log/x\"") == "\"/var.log/x\"");
  CHECK(honua_result_of("\"myvar.schema\"") == "\"myvar.schema\"");
  CHECK(honua_result_of("\"var.\"") == "\"var.\"");
  CHECK(honua_result_of("\"${var.schema}\"") == "\"public\"");
  // HCL itself has no such habit.
  CHECK(result_of("\"var.schema\"") == "\"var.schema\"");
  const UnknownScope anything;
  CHECK(Evaluated("\"var.x\"", syntax::Dialect::honua, &anything).findings() == "1:1-1:8 H0105; ");
}

TEST_CASE("a call of env inside text is pointed out in every way to write it") {
  CHECK(honua_result_of(R"x("env(\"TOKEN\")")x") == R"x(1:1-1:17 H0106; "env(\"TOKEN\")")x");
  CHECK(honua_result_of(R"x("env(\u0022TOKEN\u0022)")x").starts_with("1:1-1:25 H0106; "));
  CHECK(honua_result_of("\"a env('TOKEN') b\"").starts_with("1:1-1:19 H0106; "));
  CHECK(honua_result_of("<<EOT\nenv(\"TOKEN\")\nEOT\n").starts_with("2:1-3:1 H0106; "));
  CHECK(honua_result_of("'env(\"TOKEN\")'").find("H0106") != std::string::npos);
  CHECK(honua_result_of("\"myenv('x')\"") == "\"myenv('x')\"");
  CHECK(honua_result_of("\"env(x)\"") == "\"env(x)\"");
  CHECK(result_of(R"x("env(\"TOKEN\")")x") == R"x("env(\"TOKEN\")")x");
}

TEST_CASE("a text longer than the limit is refused") {
  const Evaluated evaluated("\"%{for a in range(1000)}%{for b in range(1000)}0123456789%{endfor}%{endfor}\"");
  CHECK(evaluated.findings().find("H0146") != std::string::npos);
  CHECK(evaluated.value.is_unknown());
}

}  // namespace honua::evaluation
