// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"
#include "syntax/printer.h"

using honua::syntax::Dialect;
using honua::syntax::Parsed;
using honua::syntax::print;

namespace {

std::string printed(const std::string& text, Dialect dialect = Dialect::hcl) {
  const Parsed parsed(text, dialect);
  if (parsed.sink.has_errors()) return parsed.findings();
  return print(parsed.tree);
}

}  // namespace

TEST_CASE("bodies print aligned, indented and with blank lines before blocks") {
  CHECK(printed("a=1\nbcd = 2\ne \"f\" g{\nh=1\n}\ni {}\nj { k = 1 }\n") ==
        "a   = 1\nbcd = 2\n\ne \"f\" \"g\" {\n  h = 1\n}\n\ni {}\n\nj { k = 1 }\n");
}

TEST_CASE("values over several lines end an aligned run") {
  CHECK(printed("a = 1\nlong = [\n1,2\n]\nbb = 2\n") == "a = 1\nlong = [\n  1,\n  2,\n]\nbb = 2\n");
}

TEST_CASE("expressions print with canonical spacing") {
  CHECK(
      printed("a = {b=1,c:2}\nd=[1,2,]\ne=f(x,y...)\ng=-a[0].b.*.c\nh=x?1:2\ni = [for k,v in x:v if k]\n") ==
      "a = { b = 1, c = 2 }\nd = [1, 2]\ne = f(x, y...)\ng = -a[0].b.*.c\nh = x ? 1 : 2\n"
      "i = [for k, v in x : v if k]\n");
}

TEST_CASE("tolerated forms print as HCL's own") {
  CHECK(printed("variable \"x\" = 'a \"b\" \\'c\\''\nhonua { a = 1 b = \"${env:Y}\" }\n", Dialect::honua) ==
        "variable \"x\" {\n  default = \"a \\\"b\\\" 'c'\"\n}\n\nhonua {\n  a = 1\n  b = "
        "\"${env(\"Y\")}\"\n}\n");
}

TEST_CASE("two legacy indexes in a row do not print as one number") {
  CHECK(printed("a = x.0 .1\n") == "a = x.0 .1\n");
}

TEST_CASE("printing keeps the tree and printing again keeps the text") {
  const std::vector<std::string> texts = {
      "a = <<EOT\nx ${b}\n%{ if c ~}\n  d\n%{ endif ~}\nEOT\ne = 1\n",
      "a = [<<-A\n  x\n  A\n, 1, { b = <<B\ny\nB\n c = 2 }]\n",
      "a = (<<A\nx\nA\n == \"y\" ? 1 : 2)\n",
      "a = \"x${<<A\ny\nA\n}z\"\n",
      "a = { (b) = 1, \"c${d}\" = 2, e.f = 3, 4 = 5 }\n",
      "a = {\n  b = {\n    c = [\n      1,\n    ]\n  }\n}\n",
      "a = \"$${b} %%{c} $$ \\u00e9 ${~ d ~} %{ for x, y in z }${x}%{ endfor }\"\n",
      "a = x[*].b[0][*].c.0.*.d\n",
      "é = \"日本\"\nbb = 1\n",
      "a \"b\\n$${c\" {}\n",
  };
  for (const std::string& text : texts) {
    const Parsed first(text);
    CHECK(first.findings().empty());
    const std::string once = print(first.tree);
    const Parsed second(once);
    CAPTURE(text);
    CAPTURE(once);
    CHECK(second.findings().empty());
    CHECK(second.dumped() == first.dumped());
    CHECK(print(second.tree) == once);
  }
}
