// SPDX-License-Identifier: MIT
#include "syntax/formatter.h"

#include <string>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"

namespace honua::syntax {

namespace {

// The formatted text, which must say what it said before and be formatted.
std::string formatted(const std::string& text, Dialect dialect = Dialect::hcl) {
  const Parsed before(text, dialect);
  CHECK_FALSE(before.sink.has_errors());
  const std::optional<std::string> once = format(text);
  REQUIRE(once.has_value());
  const Parsed after(*once, dialect);
  CHECK(after.dumped() == before.dumped());
  CHECK(after.tree.comments().size() == before.tree.comments().size());
  CHECK(format(*once) == once);
  return *once;
}

// The same for the value of one attribute.
std::string formatted_value(const std::string& value) {
  const std::string text = formatted("x = " + value + "\n");
  CHECK(text.starts_with("x = "));
  return text.substr(4, text.size() - 5);
}

std::string repeated_text(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("lines are indented by what the lines above leave open") {
  CHECK(formatted("a {\nb {\n      c = 1\n}\n\n\n   }\n") == "a {\n  b {\n    c = 1\n  }\n\n\n}\n");
  CHECK(formatted("a = [\n1,\n[\n2,\n],\n]\n") == "a = [\n  1,\n  [\n    2,\n  ],\n]\n");
  CHECK(formatted("\t\ta = 1\n") == "a = 1\n");
}

TEST_CASE("a line that opens several brackets is one level") {
  CHECK(formatted("a = f([{\nb = 1\n}])\nc = 2\n") == "a = f([{\n  b = 1\n}])\nc = 2\n");
  CHECK(formatted("a = [[\n1\n],\n2]\nc = 3\n") == "a = [[\n  1\n  ],\n2]\nc = 3\n");
  CHECK(formatted("a = [{\nb = 1\n}, {\nc = 2\n}]\n") == "a = [{\n  b = 1\n  }, {\n  c = 2\n}]\n");
}

TEST_CASE("tokens are spaced by what they are") {
  CHECK(formatted_value("[1,2 ,3]") == "[1, 2, 3]");
  CHECK(formatted_value("{a=1,b:2}") == "{ a = 1, b : 2 }");
  CHECK(formatted_value("{ }") == "{}");
  CHECK(formatted_value("[ ]") == "[]");
  CHECK(formatted_value("f ( a , b ... )") == "f(a, b...)");
  CHECK(formatted_value("a . b [ 0 ] . c . * . d [ * ]") == "a.b[0].c.*.d[*]");
  CHECK(formatted_value("( 1+2 )*3") == "(1 + 2) * 3");
  CHECK(formatted_value("! a&&! ! b") == "!a && !!b");
  CHECK(formatted_value("a?b:c") == "a ? b : c");
  CHECK(formatted_value("[for k,v in x:v if k]") == "[for k, v in x : v if k]");
  CHECK(formatted_value("{for v in [1]:v=>v...}") == "{ for v in [1] : v => v... }");
}

TEST_CASE("a minus negates behind an operator or an opening bracket and subtracts elsewhere") {
  CHECK(formatted_value("- 1") == "-1");
  CHECK(formatted_value("a -1") == "a - 1");
  CHECK(formatted_value("5-  - a") == "5 - -a");
  CHECK(formatted_value("[- 1,- 2]") == "[-1, -2]");
  CHECK(formatted_value("a==- 1?- 2:- 3") == "a == -1 ? -2 : -3");
  CHECK(formatted_value("f(- 1)") == "f(-1)");
}

TEST_CASE("two indexes in a row do not become one number") {
  CHECK(formatted_value("x.0  .  1 . 2 . y") == "x.0 .1 .2.y");
}

TEST_CASE("assignments of neighbouring lines are aligned") {
  CHECK(formatted("a=1\nbbb=2\n\ncccc=3\n") == "a   = 1\nbbb = 2\n\ncccc = 3\n");
  CHECK(formatted("a = 1\nlonger = [\n2\n]\nb = 3\n") == "a = 1\nlonger = [\n  2\n]\nb = 3\n");
  CHECK(formatted("a = 1\n# note\nlonger = 2\n") == "a = 1\n# note\nlonger = 2\n");
  CHECK(formatted("é = 1\nbb = 2\n日本 = 3\n") == "é  = 1\nbb = 2\n日本 = 3\n");
  CHECK(formatted("a = <<E\nx\nE\nlong = 2\n") == "a    = <<E\nx\nE\nlong = 2\n");
}

TEST_CASE("comments behind neighbouring lines are aligned") {
  CHECK(formatted("a = 1 # x\nbbb = 22# y\nc {} // z\n") == "a   = 1  # x\nbbb = 22 # y\nc {}     // z\n");
  CHECK(formatted("a = [ # x\n1, # y\n] # z\n") == "a = [ # x\n  1,  # y\n]     # z\n");
  CHECK(formatted("/* x */a/* y */=/* z */1\n") == "/* x */ a /* y */ = /* z */ 1\n");
}

TEST_CASE("texts stay as they are and their sequences are formatted") {
  CHECK(formatted_value(R"("a  ${ b+c }  $${ d }  %{ if e }f%{ endif }")") ==
        R"("a  ${b + c}  $${ d }  %{if e}f%{endif}")");
  CHECK(formatted_value(R"("${{a=1}}${~ b ~}")") == R"("${ { a = 1 } }${~b~}")");
  CHECK(formatted_value(R"("\"  \\")") == R"("\"  \\")");
  CHECK(formatted("a = <<-E\n    x  ${ b+c }\n  y\n    E\n") == "a = <<-E\n    x  ${b + c}\n  y\n    E\n");
}

TEST_CASE("line ends stay, and blanks in front of them go") {
  CHECK(formatted("a=1  \r\n\t\r\nb=2") == "a = 1\r\n\r\nb = 2");
  CHECK(formatted("a = 1   ") == "a = 1");
  CHECK(formatted("") == "");
  CHECK(formatted("\n\n") == "\n\n");
  CHECK(format("\xEF\xBB\xBF"
               "a=1\n") == "a = 1\n");
}

TEST_CASE("tolerated forms are spaced like HCL's own") {
  CHECK(formatted("a='x  ${ b }'\n\"c.d\"=\"${env:X}\"\n", Dialect::honua) ==
        "a     = 'x  ${b}'\n\"c.d\" = \"${env:X}\"\n");
}

TEST_CASE("text that has errors is passed over without harm") {
  for (const std::string text : {"a = \"x\nb = 1", "}}}", "a = ${", "/* x", "a = <<E\nx", "'", "a = \"${",
                                 "\xFF = 1", "~}", "a = \"\\"}) {
    CAPTURE(text);
    CHECK(format(text).has_value());
  }
}

TEST_CASE("a text that aligning makes too large is refused") {
  const std::string text = repeated_text("a", 1000) + " = 1\n" + repeated_text("b = 1\n", 1000);
  CHECK_FALSE(format(text, 100'000).has_value());
  CHECK(format(text, 2'000'000).has_value());
  CHECK_FALSE(format("a = 1\n", 5).has_value());
  CHECK(format("a = 1\n", 6) == "a = 1\n");
}

TEST_CASE("nesting is no recursion") {
  const std::size_t depth = 200'000;
  const std::string text = "a = " + repeated_text("[", depth) + repeated_text("]", depth) +
                           "\nb = " + repeated_text("\"${", depth);
  CHECK(format(text) == text);
}

}  // namespace honua::syntax
