// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"

using honua::syntax::findings_of;
using honua::syntax::Parsed;
using honua::syntax::value_of;

TEST_CASE("operators bind by their level and to the left") {
  CHECK(value_of("1 + 2 * 3") == "(+ 1 (* 2 3))");
  CHECK(value_of("10 - 4 - 3") == "(- (- 10 4) 3)");
  CHECK(value_of("a || b && c == d < e + f * g") == "(|| a (&& b (== c (< d (+ e (* f g))))))");
  CHECK(value_of("7 % 4 * 2") == "(* (% 7 4) 2)");
  CHECK(value_of("(1 + 2) * 3") == "(* (parentheses (+ 1 2)) 3)");
  CHECK(value_of("a >= b != c <= d") == "(!= (>= a b) (<= c d))");
}

TEST_CASE("unary operators bind tighter than binary ones and looser than traversals") {
  CHECK(value_of("-a.b") == "(- (access a b))");
  CHECK(value_of("- -1") == "(- (- 1))");
  CHECK(value_of("!x == y") == "(== (! x) y)");
  CHECK(value_of("5 -a") == "(- 5 a)");
}

TEST_CASE("dashes belong to a name unless a blank precedes them") {
  CHECK(value_of("a-b") == "a-b");
  CHECK(value_of("a- ") == "a-");
  CHECK(value_of("a -b") == "(- a b)");
  CHECK(value_of("5-3") == "(- 5 3)");
  CHECK(value_of("5-a") == "(- 5 a)");
}

TEST_CASE("conditionals nest to the right") {
  CHECK(value_of("a ? b : c ? d : e") == "(conditional a b (conditional c d e))");
  CHECK(value_of("a ? b ? 1 : 2 : 3") == "(conditional a (conditional b 1 2) 3)");
}

TEST_CASE("literals are told from names") {
  CHECK(value_of("[true, false, null, trues]") == "(tuple true false null trues)");
  CHECK(value_of("true(1)") == "(call true 1)");
  CHECK(value_of("null.b") == "(access null b)");
}

TEST_CASE("numbers have digits, a fraction and an exponent") {
  for (const std::string number : {"0", "007", "1.5", "1e3", "1E+3", "1.5e-3"})
    CHECK(value_of(number) == number);
  CHECK(findings_of("a = 1.2.3\n") == "1:5-1:10 H0042\n");
  CHECK(findings_of("a = 1.\n") == "1:7-2:1 H0045\n");
  CHECK(findings_of("a = .5\n") == "1:5-1:6 H0036\n");
  CHECK(findings_of("a = 10m\n") == "1:7-1:8 H0035\n");
  CHECK(findings_of("a = 1e\n") == "1:6-1:7 H0035\n");
}

TEST_CASE("traversals chain accesses, indexes and splats") {
  CHECK(value_of("a.b[0].c") == "(access (index (access a b) 0) c)");
  CHECK(value_of("a . b") == "(access a b)");
  CHECK(value_of("x.0.b") == "(access (legacy-index x 0) b)");
  CHECK(value_of("x[*].b[0]") == "(full-splat x (index (access * b) 0))");
  CHECK(value_of("x.*.b[0]") == "(index (attribute-splat x (access * b)) 0)");
  CHECK(value_of("x[*][*].b") == "(full-splat x (full-splat * (access * b)))");
  CHECK(findings_of("a = x.0.1\n") == "1:7-1:10 H0045\n");
  CHECK(findings_of("a = x.*.y.*\n") == "1:11-1:12 H0045\n");
  CHECK(findings_of("a = x.\"y\"\n") == "1:7-1:8 H0045\n");
  CHECK(findings_of("a = x[]\n") == "1:7-1:8 H0036\n");
}

TEST_CASE("calls take arguments, a trailing comma and one expansion") {
  CHECK(value_of("f()") == "(call f)");
  CHECK(value_of("f (x, y,)") == "(call f x y)");
  CHECK(value_of("f(x...)") == "(call ... f x)");
  CHECK(value_of("a::b::c(1)") == "(call a::b::c 1)");
  CHECK(findings_of("a = f(x..., y)\n") == "1:8-1:11 H0049\n");
  CHECK(findings_of("a = f(x...,)\n") == "1:8-1:11 H0049\n");
  CHECK(findings_of("a = f(x y)\n") == "1:9-1:10 H0039\n");
  CHECK(findings_of("a = b::c\n") == "1:9-2:1 H0049\n");
}

TEST_CASE("tuples need commas and allow one at the end") {
  CHECK(value_of("[]") == "(tuple)");
  CHECK(value_of("[1,\n 2,\n]") == "(tuple 1 2)");
  CHECK(findings_of("a = [1 2]\n") == "1:8-1:9 H0039\n");
  CHECK(findings_of("a = [,]\n") == "1:6-1:7 H0036\n");
}

TEST_CASE("objects take names, strings and expressions as keys") {
  CHECK(value_of("{ a = 1, b : 2, \"c\" = 3, (d) = 4, 5 = 6 }") ==
        "(object (item a 1) (item b 2) (item \"c\" 3) (item (parentheses d) 4) (item 5 6))");
  CHECK(value_of("{ true = 1, null = 2, if = 3 }") == "(object (item true 1) (item null 2) (item if 3))");
  CHECK(value_of("{ a.b = 1 }") == "(object (item (access a b) 1))");
  CHECK(value_of("{\n a = 1\n b = 2,\n\n c = 3\n}") == "(object (item a 1) (item b 2) (item c 3))");
  CHECK(findings_of("a = { b = 1 c = 2 }\n") == "1:13-1:14 H0039\n");
  CHECK(findings_of("a = { b => 1 }\n") == "1:9-1:11 H0039\n");
  CHECK(findings_of("a = {\n b = 1\n , c = 2\n}\n") == "3:2-3:3 H0036\n");
}

TEST_CASE("newlines separate items of an object even inside parentheses") {
  CHECK(value_of("({ a = (1\n+ 2)\n b = 3 })") ==
        "(parentheses (object (item a (parentheses (+ 1 2))) (item b 3)))");
}

TEST_CASE("newlines end an expression outside brackets") {
  CHECK(findings_of("a = 1 +\n  2\n") == "1:8-2:1 H0036\n");
  CHECK(findings_of("a = true\n  ? 1\n  : 2\n") == "2:3-2:4 H0034\n");
  CHECK(value_of("(\n1\n+\n2\n)") == "(parentheses (+ 1 2))");
}

TEST_CASE("for builds lists and objects") {
  CHECK(value_of("[for v in x : v]") == "(for-tuple v x v)");
  CHECK(value_of("[for k, v in x : v if k]") == "(for-tuple if k v x v k)");
  CHECK(value_of("{for k, v in x : k => v...}") == "(for-object ... k v x k v)");
  CHECK(value_of("{\n for k, v in x :\n k => v\n if v }") == "(for-object if k v x k v v)");
  CHECK(value_of("{ a = 1, for = 2 }") == "(object (item a 1) (item for 2))");
}

TEST_CASE("a broken for is reported where it breaks") {
  CHECK(findings_of("a = [for, b]\n") == "1:9-1:10 H0044\n");
  CHECK(findings_of("a = { for = 1 }\n") == "1:11-1:12 H0044\n");
  CHECK(findings_of("a = [for v of x : v]\n") == "1:12-1:14 H0044\n");
  CHECK(findings_of("a = [for v in x v]\n") == "1:17-1:18 H0044\n");
  CHECK(findings_of("a = [for v in x : v...]\n") == "1:20-1:23 H0044\n");
  CHECK(findings_of("a = [for v in x : v => 1]\n") == "1:19-1:20 H0044\n");
  CHECK(findings_of("a = {for v in x : v}\n") == "1:19-1:20 H0044\n");
  CHECK(findings_of("a = [for v in x : v 1]\n") == "1:21-1:22 H0044\n");
}

TEST_CASE("comments stand wherever blanks may") {
  CHECK(value_of("/* a */ 1 /* b\n c */ + 2 # d") == "(+ 1 2)");
  const Parsed parsed("# one\na = 1 // two\n/* three */\n");
  REQUIRE(parsed.tree.comments().size() == 3);
  CHECK(parsed.file->text(parsed.tree.comments()[1]) == "// two");
}

TEST_CASE("operators of other languages get a finding that names HCL's") {
  CHECK(findings_of("a = 1 & 2\n") == "1:7-1:8 H0033\n");
  CHECK(findings_of("a = 1 === 1\n") == "1:9-1:10 H0036\n");
  CHECK(findings_of("a = 2 ** 3\n") == "1:8-1:9 H0036\n");
}

TEST_CASE("nesting has a limit and ends in one finding") {
  CHECK(findings_of("a = " + std::string(900, '(') + "1" + std::string(900, ')') + "\n").empty());
  for (const std::size_t depth : {std::size_t{1001}, std::size_t{100'000}}) {
    for (const char opener : {'(', '[', '{', '-', '!'}) {
      CAPTURE(opener);
      std::string text = opener == '{' ? std::string() : std::string(depth, opener);
      for (std::size_t i = 0; opener == '{' && i < depth; ++i) text += "{a=";
      const std::string findings = findings_of("a = " + text + "\nb = 1\n");
      CHECK(findings.find("H0047") != std::string::npos);
      CHECK(findings.size() < 60);
    }
  }
  const auto repeated = [](const std::string& part) {
    std::string text;
    for (int i = 0; i < 1100; ++i) text += part;
    return text;
  };
  const std::vector<std::string> texts{
      repeated("a {\n") + repeated("}\n"), "a = " + repeated("\"${") + "1" + repeated("}\"") + "\n",
      "a = \"" + repeated("%{if true}") + "x" + repeated("%{endif}") + "\"\n",
      "a = " + repeated("<<E\n${") + "1" + repeated("}\nE\n") + "\n"};
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 20));
    const std::string findings = findings_of(text);
    CHECK(findings.find("H0047") != std::string::npos);
    CHECK(findings.size() < 60);
  }
}

TEST_CASE("blocks on one line are nested no deeper than others") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a { ";
  const std::string findings = findings_of(text, honua::syntax::Dialect::honua);
  const std::size_t first = findings.find("H0047");
  CHECK(first != std::string::npos);
  CHECK(findings.find("H0047", first + 1) == std::string::npos);
}

TEST_CASE("chains of operators and traversals may be as long as the file") {
  std::string sum = "a = 1";
  std::string chain = "b = x";
  for (int i = 0; i < 50'000; ++i) {
    sum += " + 1";
    chain += ".y[0]";
  }
  const Parsed parsed(sum + "\n" + chain + "\n");
  CHECK(parsed.findings().empty());
  CHECK(parsed.dumped().size() > 100'000);
}
