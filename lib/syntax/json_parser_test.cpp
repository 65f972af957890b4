// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include "syntax/dump.h"
#include "syntax/parse_for_test.h"
#include "syntax/parser.h"
#include "syntax/printer.h"

using honua::syntax::Dialect;
using honua::syntax::json_findings_of;
using honua::syntax::Parsed;

namespace {

std::string json_tree(const std::string& text) {
  const Parsed parsed(text, Dialect::hcl, true);
  return parsed.findings() + parsed.dumped();
}

}  // namespace

TEST_CASE("JSON values become the expressions they stand for") {
  CHECK(json_tree(R"({"a": [1, -2.5e3, true, null, "x"], "b": {}})") ==
        "(object (item \"a\" (tuple 1 (- 2.5e3) true null \"x\")) (item \"b\" (object)))\n");
}

TEST_CASE("JSON strings decode JSON's escapes, surrogate pairs included") {
  CHECK(json_tree(R"(["\u00e9\ud83d\ude00\/\b", "\ud83d"])") == "(tuple \"é😀/\b\" \"\xEF\xBF\xBD\")\n");
}

TEST_CASE("JSON strings with sequences are templates") {
  CHECK(json_tree(R"({"a": "x ${b.c} y", "d": "${e}", "f": "$${g}"})") ==
        "(object (item \"a\" (template \"x \" (interpolation (access b c)) \" y\")) "
        "(item \"d\" (template (interpolation e))) (item \"f\" (template \"${g}\")))\n");
  CHECK(json_tree(R"(["${f(\"a\")}"])") == "(tuple (template (interpolation (call f \"a\"))))\n");
}

TEST_CASE("findings inside JSON strings lie in the file") {
  CHECK(json_findings_of("{\n  \"a\": \"xy${1 +}\"\n}\n") == "2:16-2:17 H0036\n");
  // With escapes, positions inside don't correspond: the whole string is meant.
  CHECK(json_findings_of("{\n  \"a\": \"\\t${1 +}\"\n}\n") == "2:9-2:17 H0036\n");
}

TEST_CASE("a broken JSON string is not looked at again as a template") {
  CHECK(json_findings_of("{\"a\": \"\r${x\"}") == "1:8-1:9 H0050\n");
}

TEST_CASE("every mistake of a JSON document is reported") {
  CHECK(
      json_findings_of(
          R"({"a": [1,, 2], "b" = 3, c: 4, "d": tru, "e": "\q", "f": 01, "h": {"x": 1 "y": 2}, "i": 1,})") ==
      "1:10-1:11 H0050\n1:20-1:21 H0050\n1:25-1:26 H0050\n1:36-1:39 H0050\n1:47-1:49 H0040\n1:57-1:59 H0042\n"
      "1:74-1:77 H0050\n1:89-1:90 H0050\n");
}

TEST_CASE("a missing comma or colon in JSON hides nothing behind it") {
  CHECK(json_findings_of(R"({"a": 1 "b": 2 "c" 3, "d": tru})") ==
        "1:9-1:12 H0050\n1:16-1:19 H0050\n1:20-1:21 H0050\n1:28-1:31 H0050\n");
  CHECK(json_findings_of(R"({"a": [1 2, "x" {"b" = 01}]})") ==
        "1:10-1:11 H0050\n1:17-1:18 H0050\n1:22-1:23 H0050\n1:24-1:26 H0042\n");
}

TEST_CASE("a member without a value in JSON is one finding, and so is a wrong separator") {
  CHECK(json_findings_of(R"({"a" "b": 1, "c": tru})") == "1:6-1:9 H0050\n1:19-1:22 H0050\n");
  CHECK(json_findings_of(R"({"a" == 1, "b" => 2, "c" = 3})") ==
        "1:6-1:8 H0050\n1:16-1:18 H0050\n1:26-1:27 H0050\n");
}

TEST_CASE("recovery in JSON takes linear time, whatever quotes are in the way") {
  std::string text = "{\"a\": [= \"";
  for (int i = 0; i < 500'000; ++i) text += "\\\"";
  CHECK(json_findings_of(text + "x").size() < 60);
  CHECK(json_findings_of("{\"a\": [= \"\\\n, 1], \"b\": tru}") == "1:8-1:9 H0050\n2:12-2:15 H0050\n");
}

TEST_CASE("recovery in JSON passes strings with escaped quotes whole") {
  CHECK(json_findings_of(R"({"a": [= "x\",]", 1], "b": tru})") == "1:8-1:9 H0050\n1:28-1:31 H0050\n");
}

TEST_CASE("a JSON document that ends early is reported where it was opened") {
  CHECK(json_findings_of("{\"a\": [1") == "1:7-1:8 H0050\n");
  CHECK(json_findings_of("{\"a\": \"x") == "1:7-1:8 H0050\n");
  CHECK(json_findings_of("") == "1:1-1:1 H0050\n");
  CHECK(json_findings_of("1") == "1:1-1:2 H0050\n");
  CHECK(json_findings_of("{} x") == "1:4-1:5 H0050\n");
}

TEST_CASE("deep JSON ends in one finding") {
  for (const char* opener : {"[", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += opener;
    CHECK(json_findings_of(text).find("H0047") != std::string::npos);
    CHECK(json_findings_of(text).size() < 40);
  }
  CHECK(json_findings_of(std::string(900, '[') + std::string(900, ']')).empty());
}

TEST_CASE("JSON prints as HCL") {
  const Parsed parsed(R"({"a b": "say \"${x}\" \\", "c": ["\n"]})", Dialect::hcl, true);
  CHECK(honua::syntax::print(parsed.tree) == "{ \"a b\" = \"say \\\"${x}\\\" \\\\\", \"c\" = [\"\\n\"] }\n");
}

TEST_CASE("findings in JSON cover whole tokens") {
  CHECK(json_findings_of("{\"a\" null}") == "1:6-1:10 H0050\n");
  CHECK(json_findings_of("{}null") == "1:3-1:7 H0050\n");
  CHECK(json_findings_of("{1e}") == "1:2-1:4 H0050\n");
  CHECK(json_findings_of("{\"a\":\"x\"\"y\"}") == "1:9-1:12 H0050\n");
}

TEST_CASE("the root's member with two slashes is a comment") {
  CHECK(json_findings_of("{\"//\": \"${x\", \"a\": 1}").empty());
  CHECK(json_findings_of("{\"//\": {\"y\": \"${1 +}\"}}").empty());
  CHECK(json_findings_of("{\"a\": {\"b\": \"${1 +}\"}}") == "1:19-1:20 H0036\n");
}

TEST_CASE("the members with two slashes of bodies in an array are comments") {
  CHECK(json_findings_of(R"([{"//": {"a": "${"}}, {"//": "%{"}])").empty());
  CHECK(json_findings_of(R"({"${": 1, "%{": 2})").empty());
  CHECK(json_findings_of(R"([[{"//": "${"}]])") == "1:13-1:13 H0036\n");
}

TEST_CASE("relaxed JSON may have comments and commas behind last values") {
  const std::string text = "// roads\n{ /* a, \"b\" */ \"a\": [1, 2,], \"b\": \"// no\", } // end";
  const honua::source::SourceFile file(0, "a.json", text);
  honua::diagnostics::Diagnostics sink;
  const honua::syntax::Tree tree =
      honua::syntax::parse_json_value(file, honua::syntax::JsonForm::relaxed, sink);
  CHECK(sink.empty());
  CHECK(honua::syntax::dump(tree) == "(object (item \"a\" (tuple 1 2)) (item \"b\" \"// no\"))\n");
  CHECK(tree.comments().size() == 3);
  (void)honua::syntax::parse_json_value(file, honua::syntax::JsonForm::strict, sink);
  CHECK(sink.has_errors());
}

TEST_CASE("a comment in relaxed JSON that is never closed is an error") {
  const honua::source::SourceFile file(0, "a.json", std::string("{\"a\": 1 /* b }"));
  honua::diagnostics::Diagnostics sink;
  (void)honua::syntax::parse_json_value(file, honua::syntax::JsonForm::relaxed, sink);
  REQUIRE(sink.size() == 1);
  CHECK(sink.sorted().front()->message == "this comment is never closed");
  CHECK(sink.sorted().front()->range.begin == 8);
}

TEST_CASE("malformed UTF-8 in JSON that is no HCL is an error") {
  const honua::source::SourceFile file(0, "a.json", std::string("{\"a\": \"\x97\"}"));
  honua::diagnostics::Diagnostics sink;
  (void)honua::syntax::parse_json_value(file, honua::syntax::JsonForm::relaxed, sink);
  CHECK(sink.size() == 1);
  CHECK(sink.has_errors());
}

TEST_CASE("malformed UTF-8 in JSON is one finding") {
  CHECK(json_findings_of("\x80{") == "1:1-1:2 H0031\n");
  CHECK(json_findings_of("{\".\" \xF4\x90\x80\x80 :1}") == "1:6-1:7 H0031\n");
  CHECK(json_findings_of("{\"a\": \"\xA9${x\"}") == "1:8-1:9 H0031\n");
}
