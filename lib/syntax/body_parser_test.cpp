// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "syntax/parse_for_test.h"

using honua::syntax::Attribute;
using honua::syntax::Block;
using honua::syntax::Dialect;
using honua::syntax::findings_of;
using honua::syntax::Parsed;

namespace {

std::string honua_findings(const std::string& text) { return findings_of(text, Dialect::honua); }

std::string tree_of(const std::string& text, Dialect dialect = Dialect::hcl) {
  const Parsed parsed(text, dialect);
  return parsed.findings() + parsed.dumped();
}

// Of the parts put together.
std::string findings_in(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return findings_of(text);
}

}  // namespace

TEST_CASE("a body holds attributes and blocks in order") {
  CHECK(tree_of("a = 1\nb \"x\" y {\n  c = 2\n  d {}\n}\ne { f = 3 }\n") ==
        "attribute a 1\nblock b \"x\" \"y\"\n  attribute c 2\n  block d\nblock e\n  attribute f 3\n");
}

TEST_CASE("any word may name an attribute or a block") {
  CHECK(tree_of("for = 1\nnull {\n  true = 2\n}\n_a-b- = 3\n") ==
        "attribute for 1\nblock null\n  attribute true 2\nattribute _a-b- 3\n");
}

TEST_CASE("ranges cover names, headers and whole items") {
  const Parsed parsed("layer \"roads\" {\n  title = \"R\" # note\n}\n");
  const Block block = parsed.tree.body().blocks().front();
  CHECK(parsed.file->text(block.type_range()) == "layer");
  CHECK(parsed.file->text(block.header_range()) == "layer \"roads\"");
  CHECK(parsed.file->text(block.labels().front().range()) == "\"roads\"");
  CHECK(parsed.file->text(block.range()).ends_with("}"));
  const Attribute attribute = block.body().attributes().front();
  CHECK(parsed.file->text(attribute.name_range()) == "title");
  CHECK(parsed.file->text(attribute.range()) == "title = \"R\"");
}

TEST_CASE("labels decode escapes and refuse sequences") {
  CHECK(tree_of("a \"b\\n\\\"c\\u00e9 $${d}\" {}\n") == "block a \"b\\n\\\"cé ${d}\"\n");
  CHECK(tree_of("a \"b\"{}\nc \"\"{\n}\n") == "block a \"b\"\nblock c \"\"\n");
  CHECK(findings_of("a \"${b}\" {}\n") == "1:4-1:6 H0041\n");
  CHECK(findings_of("a \"x%{ if b }\" {}\n").starts_with("1:5-1:7 H0041\n"));
}

TEST_CASE("items end with their line") {
  CHECK(findings_of("a = 1 b = 2\n") == "1:7-1:8 H0035\n");
  CHECK(findings_of("a {} b {}\n") == "1:6-1:7 H0035\n");
  CHECK(findings_of("a {\n  b = 1 }\n") == "2:9-2:10 H0035\n");
  CHECK(findings_of("a = 1, b = 2\n") == "1:6-1:7 H0035\n");
  CHECK(findings_of("a = 1").empty());
}

TEST_CASE("a block on one line holds one attribute") {
  CHECK(findings_of("a { b = 1, c = 2 }\n") == "1:10-1:11 H0046\n");
  CHECK(findings_of("a { b = 1 c = 2 }\n") == "1:11-1:12 H0046\n");
  CHECK(findings_of("a { b {} }\n") == "1:5-1:8 H0046\n");
  CHECK(findings_of("a { b = 1\n}\n") == "1:10-2:1 H0046\n");
}

TEST_CASE("an attribute is set once in a body") {
  CHECK(findings_of("a = 1\nb = 2\na = 3\na = 4\n") == "3:1-3:2 H0102\n4:1-4:2 H0102\n");
  CHECK(findings_of("a = 1\nb {\n  a = 2\n}\n").empty());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "n" + std::to_string(i) + " = 1\n";
  CHECK(findings_of(many).empty());
  CHECK(findings_of(many + "n7 = 1\n") == "101:1-101:3 H0102\n");
}

TEST_CASE("an unclosed block is reported at its brace, with the likely culprit") {
  CHECK(findings_of("a {") == "1:3-1:4 H0014\n");
  const Parsed parsed("a {\n  b = 1\n\nlayer \"x\" {\n  c = 2\n}\n");
  CHECK(parsed.findings() == "1:3-1:4 H0014\n");
  const auto& labels = parsed.sink.sorted().front()->labels;
  REQUIRE(labels.size() == 2);
  CHECK(parsed.file->position(labels[1].range.begin).line == 4);
}

TEST_CASE("a brace on the next line is one finding and its body is read") {
  CHECK(tree_of("a \"b\"\n{\n  c = 1\n}\nd = 2\n") ==
        "1:6-2:1 H0046\nblock a \"b\"\n  attribute c 1\nattribute d 2\n");
}

TEST_CASE("ten independent mistakes are ten findings") {
  const std::string text =
      "a = 1 +\n"
      "b = [1,, 2]\n"
      "c = \"x\n"
      "d {\n"
      "  e = \n"
      "  f = { g = 1 h = 2 }\n"
      "}\n"
      "i j\n"
      "k = \"${l\"\n"
      "m = 'n'\n"
      "o = p(1 2)\n"
      "q = \"\\q\"\n"
      "good = 1\n";
  const Parsed parsed(text);
  CHECK(parsed.findings() ==
        "1:8-2:1 H0036\n2:8-2:9 H0036\n3:7-4:1 H0013\n5:7-6:1 H0036\n6:15-6:16 H0039\n8:4-9:1 H0046\n"
        "9:6-9:8 H0051\n10:5-10:6 H0030\n11:9-11:10 H0039\n12:6-12:8 H0040\n");
  CHECK(parsed.dumped().find("attribute good 1") != std::string::npos);
}

TEST_CASE("an unclosed bracket does not swallow the items below it") {
  CHECK(
      tree_of("a = [1, 2\nb = 3\nc {\n  d = (4\n  e = 5\n}\n") ==
      "2:1-2:2 H0039\n5:3-5:4 H0038\nattribute a (invalid)\nattribute b 3\nblock c\n  attribute d (invalid)\n"
      "  attribute e 5\n");
}

TEST_CASE("a quote that is missing in a sequence is one finding, and the next line is read") {
  for (const std::string value : {"\"${f(\"X)}\"", "\"${f(X\")}\"", "\"${f(\"X", "\"x${f(\"",
                                  "\"%{if f(\"X)}\"", "\"${f(\"${g(\"X)}\")}\""}) {
    for (const std::string end : {"\n", "\r\n"}) {
      CAPTURE(value);
      CHECK(findings_in({"x {\n  a = ", value, end, "}\nb = =\n"}).size() < 40);
      CHECK(findings_in({"x {\n  a = ", value, end, "}\nb = =\n"}).ends_with("4:5-4:6 H0036\n"));
      CHECK(findings_in({"x {\n  a = ", value, end, "  b = 1", end, "}", end}).size() < 20);
      CHECK(findings_in({"a = ", value, end, "b = 1", end}).size() < 20);
      CHECK(findings_in({"a = ", value, end}).size() < 20);
    }
  }
}

TEST_CASE("a string over several lines is one finding") {
  CHECK(findings_of("a = \"one\ntwo\nthree\"\nb = 1\n") == "1:9-2:1 H0013\n");
  CHECK(findings_of("a = \"one\nb = \"two\"\n") == "1:9-2:1 H0013\n");
}

TEST_CASE("a comment that never ends is one finding") {
  CHECK(findings_of("a = 1\n/* never\nb c d\ne = [\n") == "2:1-2:2 H0038\n");
}

TEST_CASE("characters without meaning are reported one by one") {
  CHECK(findings_of("a = “x”\n") == "1:5-1:6 H0030\n1:7-1:8 H0030\n");
  CHECK(findings_of("a = 1;\nb = `c`\nd =\xC2\xA0"
                    "1\n") == "1:6-1:7 H0030\n2:5-2:6 H0030\n3:4-3:5 H0030\n");
  CHECK(findings_of(std::string("a = 1\0\n", 7)) == "1:6-1:7 H0030\n");
  CHECK(findings_of("a = 1\rb = 2\n") == "1:6-1:7 H0030\n");
}

TEST_CASE("malformed UTF-8 is one finding a file, overlong forms and surrogates included") {
  CHECK(findings_of("a = \"\xC0\xAF\"\nb = \"\xED\xA0\x80\"\n") == "1:6-1:7 H0031\n");
  CHECK(findings_of("a = \xFF\nb = 1\n") == "1:5-1:6 H0031\n");
}

TEST_CASE("a byte order mark is passed over and columns count behind it") {
  CHECK(findings_of("\xEF\xBB\xBF"
                    "a = 1 b\n") == "1:7-1:8 H0035\n");
  CHECK(findings_of("a = 1\n\xEF\xBB\xBF"
                    "b = 2\n") == "2:1-2:2 H0030\n");
}

TEST_CASE("columns count what a reader sees as one character") {
  CHECK(findings_of("a = \"👩‍👩‍👧‍👦\" b\n") == "1:9-1:10 H0035\n");
  CHECK(findings_of("\ta = 1 b\n") == "1:8-1:9 H0035\n");
  CHECK(findings_of("a = 1 b\r\n") == "1:7-1:8 H0035\n");
}

TEST_CASE("the Honua dialect takes several items on a line, each with a warning") {
  CHECK(tree_of("honua { version = \"1.0\" environment = \"x\" }\n", Dialect::honua) ==
        "1:25-1:36 H0122\nblock honua\n  attribute version \"1.0\"\n  attribute environment \"x\"\n");
  CHECK(honua_findings("a = 1 b = 2\n") == "1:7-1:8 H0122\n");
  CHECK(honua_findings("a {\n  b = 1 }\n") == "2:9-2:10 H0122\n");
  CHECK(honua_findings("a { b = 1 }\n").empty());
  CHECK(honua_findings("a = 1 b\n") == "1:7-1:8 H0035\n");
}

TEST_CASE("the Honua dialect takes variables by assignment") {
  CHECK(tree_of("variable \"x\" = 5\nvar \"y\" = [1]\n", Dialect::honua) ==
        "1:14-1:15 H0107\n2:9-2:10 H0107\nblock variable \"x\"\n  attribute default 5\n"
        "block var \"y\"\n  attribute default (tuple 1)\n");
  CHECK(findings_of("variable \"x\" = 5\n") == "1:14-1:15 H0046\n");
  CHECK(honua_findings("layer \"x\" = 5\n") == "1:11-1:12 H0046\n");
}

TEST_CASE("the Honua dialect takes quoted attribute names") {
  CHECK(tree_of("logging {\n  \"A.B\" = \"debug\"\n}\n", Dialect::honua) ==
        "2:3-2:8 H0108\nblock logging\n  attribute A.B \"debug\"\n");
  CHECK(findings_of("logging {\n  \"A.B\" = \"debug\"\n}\n") == "2:3-2:4 H0048\n");
  CHECK(honua_findings("\"a\" = 1\na = 2\n") == "1:1-1:4 H0108\n2:1-2:2 H0102\n");
}

TEST_CASE("the Honua dialect takes single quotes") {
  CHECK(tree_of("a = 'it\\'s \"x\"'\nb 'c' {}\n", Dialect::honua) ==
        "1:5-1:16 H0121\n2:3-2:6 H0121\nattribute a \"it's \\\"x\\\"\"\nblock b \"c\"\n");
  CHECK(honua_findings("a = 'x\n") == "1:5-1:6 H0030\n");
  CHECK(findings_of("a = 'x'\n") == "1:5-1:6 H0030\n");
}

TEST_CASE("the Honua dialect takes environment references with a colon") {
  CHECK(
      tree_of("a = \"x ${env:DB_URL} $${env:Y}\"\n", Dialect::honua) ==
      "1:8-1:21 H0104\nattribute a (template \"x \" (interpolation (env-reference DB_URL)) \" ${env:Y}\")\n");
  CHECK(findings_of("a = \"${env:HOME}\"\n") == "1:11-1:12 H0051\n");
  CHECK(honua_findings("a = \"${env:}\"\n") == "1:11-1:12 H0051\n");
}

TEST_CASE("what follows from a mistake is not reported again") {
  // Each of these once had findings of its own making behind the first.
  CHECK(findings_of("foo \" { }\n") == "1:10-2:1 H0013\n");
  CHECK(findings_of("a-b \"{}") == "1:8-1:8 H0013\n");
  CHECK(findings_of("a = 1 ? <<E\nx") == "2:2-2:2 H0037\n");
  CHECK(findings_of("a = \"\\d${x}\"\n") == "1:6-1:8 H0040\n");
  CHECK(findings_of("a = \"${~\"\\") == "1:6-1:8 H0051\n1:10-1:11 H0040\n1:11-1:11 H0013\n");
  CHECK(findings_of("a \"%{ else }\" {}\n") == "1:4-1:6 H0041\n");
  CHECK(findings_of("foo \"\" { x = \"abc }\n") == "1:20-2:1 H0013\n");
}

TEST_CASE("brackets opened behind a mistake are closed with it") {
  CHECK(findings_of("x = [for v in [1] {\n c = 1\n}\ny = 2\n") == "1:19-1:20 H0044\n");
  CHECK(findings_of("b { &&\n c = 1\n}\ny = 2\n") == "1:5-1:7 H0034\n");
  CHECK(findings_of("c = {\n d === {\n e = false,\n}\n}\ne = 2\n") == "2:6-2:7 H0036\n");
}

TEST_CASE("strings inside of strings behind a mistake are passed over with them") {
  CHECK(findings_of("a = {b** \"${\",c\"}\"}\nd = 1\n") == "1:8-1:9 H0036\n");
  CHECK(findings_of("a = {b** \"$${\", c = 1}\nd = 1\n") == "1:8-1:9 H0036\n");
  // Nested deeper than is looked at, or not closed: a string ends at its next quote.
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "\"${";
  CHECK(findings_of("a = {b** " + deep + "\nd = 1\n").starts_with("1:8-1:9 H0036\n"));
}

TEST_CASE("two angle brackets behind a mistake that open no heredoc are passed over") {
  CHECK(findings_of("\n\na b c ) j = <<") == "3:7-3:8 H0046\n");
  CHECK(findings_of("a\na\n\nj = <<") == "1:1-1:2 H0034\n2:1-2:2 H0034\n4:5-4:6 H0036\n");
}

TEST_CASE("a brace inside of brackets opens no block, one behind a tilde closes it") {
  CHECK(findings_of("a {\n b c({(\"\")})\n}\n") == "2:5-2:6 H0046\n");
  CHECK(findings_of("a {\n b {~}\n}\n") == "2:5-2:7 H0034\n");
}

TEST_CASE("a carriage return inside a string is reported alone") {
  CHECK(findings_of("a = \"x\ry\"\n") == "1:7-1:8 H0030\n");
  CHECK(findings_of("a = \"x\r\n") == "1:7-2:1 H0013\n");
}

TEST_CASE("a number with a unit is told to have none") {
  const honua::syntax::Parsed parsed("a = 30s\nb = 1 c\n", Dialect::hcl);
  const auto findings = parsed.sink.sorted();
  REQUIRE(findings.size() == 2);
  CHECK(
      findings[0]->help ==
      std::vector<std::string>{"numbers have no units: write the number alone, or put all of it in quotes"});
  CHECK(findings[1]->help == std::vector<std::string>{"start a new line"});
}
