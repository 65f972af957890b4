// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "source/edit.h"
#include "syntax/parse_for_test.h"

namespace honua::syntax {

namespace {

// The text with its safe fixes applied until there are none; each must leave a text without errors.
std::string mended(std::string text, int rounds = 10) {
  for (int round = 0; round < rounds; ++round) {
    const Parsed parsed(text, Dialect::honua);
    CHECK_MESSAGE(!parsed.sink.has_errors(), text);
    std::vector<source::EditGroup> groups;
    for (const diagnostics::Diagnostic* one : parsed.sink.sorted()) {
      if (one->fix) groups.push_back(one->fix->edits);
    }
    if (groups.empty()) break;
    text = source::apply_edits(text, groups).text;
  }
  return text;
}

}  // namespace

TEST_CASE("a reference to an environment variable becomes a call") {
  CHECK(mended("a = \"${env:X}\"\n") == "a = env(\"X\")\n");
  CHECK(mended("a = \"${ env: X }\"\n") == "a = env(\"X\")\n");
  CHECK(mended("a = \"x${env:X}${env:Y}\"\n") == "a = \"x${env(\"X\")}${env(\"Y\")}\"\n");
  CHECK(mended("a = <<E\n${env:X}\nE\n") == "a = <<E\n${env(\"X\")}\nE\n");
  CHECK(mended("a = \"${env:A\\B}\"\n") == "a = env(\"A\\\\B\")\n");
  CHECK(mended("a = { \"${env:X}\" = \"${f(\"${env:Y}\")}\" }\n") ==
        "a = { env(\"X\") = \"${f(env(\"Y\"))}\" }\n");
}

TEST_CASE("a name with a shell's operator stays: what was meant is not known") {
  for (const std::string name : {"DB:-Host=x", "DB?x", "DB:=x", ":-x", "DB=x", "DB:+x"}) {
    const std::string text = "a = \"${env:" + name + "}\"\n";
    CHECK(mended(text) == text);
  }
  CHECK(mended("a = \"${env:Connections:Db}\"\n") == "a = env(\"Connections:Db\")\n");
}

TEST_CASE("single quotes become double ones and what is inside is escaped for them") {
  CHECK(mended("a = 'x'\n") == "a = \"x\"\n");
  CHECK(mended("a = ''\n") == "a = \"\"\n");
  CHECK(mended("a = '\"'\n") == "a = \"\\\"\"\n");
  CHECK(mended("a = 'say \"\"it\\'s\"\" \\\\ \\\"'\n") == "a = \"say \\\"\\\"it's\\\"\\\" \\\\ \\\"\"\n");
  CHECK(mended("a = '\\''\n") == "a = \"'\"\n");
  CHECK(mended("a = '\"${f(\"b\")}\" $${'\n") == "a = \"\\\"${f(\"b\")}\\\" $${\"\n");
  CHECK(mended("a = '${env:X}'\n") == "a = env(\"X\")\n");
  CHECK(mended("a = '${ f('b') }'\n") == "a = \"${ f(\"b\") }\"\n");
  CHECK(mended("b 'l' {}\n") == "b \"l\" {}\n");
}

TEST_CASE("a string in single quotes with a directive stays") {
  CHECK(mended("a = '%{ if b }\"%{ endif }'\n") == "a = '%{ if b }\"%{ endif }'\n");
}

TEST_CASE("an assigned variable becomes a block") {
  CHECK(mended("variable \"x\" = 1 # note\n") == "variable \"x\" {\n  default = 1 # note\n}\n");
  CHECK(mended("variable \"x\" = 1 // note") == "variable \"x\" {\n  default = 1 // note\n}");
  CHECK(mended("variable \"x\" = 1 /* y */ z = 2\n") ==
        "variable \"x\" {\n  default = 1\n} /* y */\nz = 2\n");
  CHECK(mended("variable \"x\"=<<E\ny\nE\n") == "variable \"x\"{\n  default =<<E\ny\nE\n}\n");
  CHECK(mended("variable \"x\" = 1\r\n") == "variable \"x\" {\r\n  default = 1\r\n}\r\n");
  CHECK(mended("variable \"x\" = (\n 1\n)\n") == "variable \"x\" {\n  default = (\n 1\n)\n}\n");
}

TEST_CASE("quotes around the name of an attribute go where the name needs none") {
  CHECK(mended("b {\n  \"c\" = 1\n  \"d.e\" = 2\n  \"\" = 3\n}\n") ==
        "b {\n  c = 1\n  \"d.e\" = 2\n  \"\" = 3\n}\n");
}

TEST_CASE("items get lines of their own") {
  CHECK(mended("a = 1 b = 2 c = 3\n") == "a = 1\nb = 2\nc = 3\n");
  CHECK(mended("a { b = 1 c = 2 }\n") == "a {\nb = 1\nc = 2\n}\n");
  CHECK(mended("a { b = 1\n c = 2 }\n") == "a {\nb = 1\n c = 2\n}\n");
  CHECK(mended("a { b = 1\n}\n") == "a {\nb = 1\n}\n");
  CHECK(mended("a { b { c = 1 } }\n") == "a {\nb { c = 1 }\n}\n");
  CHECK(mended("a {\n  b = 1 }\n") == "a {\n  b = 1\n}\n");
  CHECK(mended("a { b = 1 } c {}\n") == "a { b = 1 }\nc {}\n");
  CHECK(mended("a = \"x\"b = 2 /* y */ c = 3\n") == "a = \"x\"\nb = 2 /* y */\nc = 3\n");
  CHECK(mended("a { b = 1 c { d = 2 e = 3 } }\r\n") == "a {\r\nb = 1\r\nc {\r\nd = 2\r\ne = 3\r\n}\r\n}\r\n");
}

TEST_CASE("several forms at one place are mended one after the other") {
  CHECK(mended("variable 'x' = '${env:X}' y = 'z'\n") ==
        "variable \"x\" {\n  default = env(\"X\")\n}\ny = \"z\"\n");
}

TEST_CASE("texts inside of JSON have no fixes") {
  const Parsed parsed("{\"a\": \"${env:X} ${'y'}\"}", Dialect::honua, true);
  CHECK(parsed.sink.size() == 2);
  for (const diagnostics::Diagnostic* one : parsed.sink.sorted()) CHECK_FALSE(one->fix.has_value());
}

}  // namespace honua::syntax
