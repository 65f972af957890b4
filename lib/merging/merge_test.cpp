// SPDX-License-Identifier: MIT
#include "merging/merge.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

namespace honua::merging {

namespace {

Merged merged_from(const std::string& base, const std::string& first, const std::string& second,
                   const ConflictStyle& style = {}) {
  const auto result = merge({base, first, second}, style);
  REQUIRE(result.has_value());
  return *result;
}

// The text of a merge without conflicts; what it is both ways.
std::string text_of(const std::string& base, const std::string& ours, const std::string& theirs) {
  const Merged result = merged_from(base, ours, theirs);
  CHECK(result.conflicts.empty());
  CHECK(merged_from(base, theirs, ours).conflicts.empty());
  return result.text;
}

// "line address" of each conflict.
std::vector<std::string> conflicts_of(const std::string& base, const std::string& ours,
                                      const std::string& theirs) {
  const Merged result = merged_from(base, ours, theirs);
  CHECK(merged_from(base, theirs, ours).conflicts.size() == result.conflicts.size());
  std::vector<std::string> found;
  found.reserve(result.conflicts.size());
  for (const Conflict& one : result.conflicts) found.push_back(std::to_string(one.line) + " " + one.address);
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("what only one side changed is taken with its layout and comments") {
  const std::string base = "a = 1\nb = 2 # two\nc = 3\n";
  CHECK(text_of(base, "a = 1\nb = 2 # two\nc   = 4 # four\n", "# head\na = 10\nb = 2 # two\nc = 3\n") ==
        "# head\na = 10\nb = 2 # two\nc   = 4 # four\n");
  CHECK(text_of(base, base, "") == "");
  CHECK(text_of(base, "a = 1\n", "b = 2 # two\nc = 3\n") == "");
}

TEST_CASE("both sides changing one value is a conflict of that value only") {
  const Merged result = merged_from("layer \"roads\" {\n  title = \"a\"\n  srid  = 1\n}\n",
                                    "layer \"roads\" {\n  title = \"b\"\n  srid  = 2\n}\n",
                                    "layer \"roads\" {\n  title = \"c\"\n  srid  = 1\n}\n");
  CHECK(result.text ==
        "layer \"roads\" {\n<<<<<<< ours\n  title = \"b\"\n=======\n  title = \"c\"\n>>>>>>> theirs\n"
        "  srid  = 2\n}\n");
  REQUIRE(result.conflicts.size() == 1);
  CHECK(result.conflicts[0].address == "layer.roads.title");
  CHECK(result.conflicts[0].line == 2);
  CHECK(result.conflicts[0].kind == ConflictKind::both_changed);
}

TEST_CASE("markers have the size and the labels that are asked for and can show the base") {
  ConflictStyle style;
  style.ours_label = "HEAD";
  style.base_label = "";
  style.theirs_label = "topic";
  style.marker_size = 9;
  style.shows_base = true;
  CHECK(merged_from("a = 1", "a = 2", "a = 3", style).text ==
        "<<<<<<<<< HEAD\na = 2\n|||||||||\na = 1\n=========\na = 3\n>>>>>>>>> topic\n");
}

TEST_CASE("the same change on both sides is one change") {
  CHECK(text_of("a = 1\n", "a = 2\n", "a   =   2\n") == "a = 2\n");
  CHECK(text_of("", "a = 2\n", "a   =   2\n") == "a = 2\n");
  CHECK(text_of("a = \"${env:X}\"\n", "a = env(\"X\")\n", "a = \"${env:Y}\"\n") == "a = \"${env:Y}\"\n");
}

TEST_CASE("additions of both sides are kept, theirs behind what they follow there and behind those of ours") {
  CHECK(text_of("a = 1\nb = 2\n", "a = 1\no = 0\nb = 2\n", "a = 1\nt = 0\nb = 2\n") ==
        "a = 1\no = 0\nt = 0\nb = 2\n");
  CHECK(text_of("a {\n}\n", "a {\n}\n\no {\n}\n", "a {\n}\n\nt {\n}\n") == "a {\n}\n\no {\n}\n\nt {\n}\n");
  CHECK(text_of("a {\n}\n", "o {\n}\n\na {\n}\n", "t {\n}\n\na {\n}\n") == "o {\n}\n\nt {\n}\n\na {\n}\n");
  CHECK(conflicts_of("", "a = 1\n", "a = 2\n") == Found{"1 a"});
}

TEST_CASE("a block that both sides added is merged member by member") {
  CHECK(text_of("", "b \"x\" {\n  a = 1\n  c = 3\n}\n", "b \"x\" {\n  a = 1\n  d = 4\n}\n") ==
        "b \"x\" {\n  a = 1\n  c = 3\n  d = 4\n}\n");
  CHECK(conflicts_of("", "b \"x\" {\n  a = 1\n}\n", "b \"x\" {\n  a = 2\n}\n") == Found{"2 b.x.a"});
}

TEST_CASE("what one side deleted is gone, unless the other side changed or commented it") {
  const std::string base = "a {\n  x = 1\n}\n\nb = 2\n";
  CHECK(text_of(base, "b = 2\n", "a {\n  x   = 1\n}\n\nb = 2\n") == "b = 2\n");
  CHECK(conflicts_of(base, "b = 2\n", "a {\n  x = 2\n}\n\nb = 2\n") == Found{"1 a"});
  CHECK(conflicts_of(base, "b = 2\n", "a {\n  x = 1 # why\n}\n\nb = 2\n") == Found{"1 a"});
  CHECK(merged_from(base, "b = 2\n", "# note\na {\n  x = 2\n}\n\nb = 2\n").text ==
        "<<<<<<< ours\n=======\n# note\na {\n  x = 2\n}\n>>>>>>> theirs\n\nb = 2\n");
}

TEST_CASE("members of objects are merged by key, on one line as well") {
  CHECK(text_of("o = { a = 1, b = 2 }\n", "o = { a = 3, b = 2 }\n", "o = { a = 1, b = 2, \"c d\" = 4 }\n") ==
        "o = { a = 3, b = 2, \"c d\" = 4 }\n");
  CHECK(text_of("o = {\n  a = 1,\n  b = { x = 1 }\n}\n", "o = {\n  a = 1,\n  b = { x = 2 }\n}\n",
                "o = {\n  a = 1,\n  n = 1\n  b = { x = 1, y = 1 }\n}\n") ==
        "o = {\n  a = 1,\n  n = 1\n  b = { x = 2, y = 1 }\n}\n");
  CHECK(conflicts_of("x = 0\no = { a = 1 }\n", "x = 0\no = { a = 2 }\n", "x = 0\no = { a = 3 }\n") ==
        Found{"2 o"});
}

TEST_CASE("an object on one line goes over lines where the other side wrote it so") {
  CHECK(text_of("o = { a = 1 }\n", "o = { a = 1, b = 2 }\n", "o = {\n  a = 1 # one\n}\n") ==
        "o = {\n  a = 1 # one\n  b = 2\n}\n");
  CHECK(text_of("b { a = 1 }\n", "b {}\n", "b { a = 1 }\n") == "b {}\n");
  CHECK(text_of("  b {}\n", "  b { a = 1 }\n", "  b { c = 1 }\n") == "  b {\n    a = 1\n    c = 1\n  }\n");
}

TEST_CASE("a block and an object of the same name are the same") {
  const std::string block = "l \"x\" {\n  geometry {\n    srid = 1\n    type = \"Point\"\n  }\n}\n";
  const std::string object = "l \"x\" {\n  geometry = {\n    srid = 1\n    type = \"Point\"\n  }\n}\n";
  const std::string changed = "l \"x\" {\n  geometry {\n    srid = 2\n    type = \"Point\"\n  }\n}\n";
  CHECK(text_of(block, object, changed) ==
        "l \"x\" {\n  geometry = {\n    srid = 2\n    type = \"Point\"\n  }\n}\n");
  CHECK(text_of(block, object, "") == "");
}

TEST_CASE("lists to which both sides add and from which they remove are merged as sets") {
  CHECK(text_of("a = [\"x\", \"y\"]\n", "a = [\"x\", \"y\", \"o\"]\n", "a = [\"x\", \"t\"]\n") ==
        "a = [\"x\", \"t\", \"o\"]\n");
  CHECK(text_of("a = [\n  x.a, # first\n  x.b\n]\n", "a = [\n  x.a, # first\n  x.b,\n  x.c\n]\n",
                "a = [\n  x.a, # first\n  # second\n  x.b,\n  x.d,\n]\n") ==
        "a = [\n  x.a, # first\n  # second\n  x.b,\n  x.c,\n  x.d,\n]\n");
  CHECK(conflicts_of("a = [\"x\"]\n", "a = [\"y\"]\n", "a = [\"z\"]\n") == Found{"1 a"});
  CHECK(conflicts_of("a = [\"x\", \"y\"]\n", "a = [\"y\", \"x\"]\n", "a = [\"x\", \"y\", \"z\"]\n") ==
        Found{"1 a"});
  CHECK(conflicts_of("a = [1, 2]\n", "a = [1, 3]\n", "a = [5, 2]\n") == Found{"1 a"});
  CHECK(text_of("a = [1, 2]\n", "a = [1, 2, 3]\n", "a = [1, 2, 4]\n") == "a = [1, 2, 3, 4]\n");
  CHECK(conflicts_of("a = [\"x\", \"x\"]\n", "a = [\"x\", \"x\", \"y\"]\n", "a = [\"x\"]\n") == Found{"1 a"});
}

TEST_CASE("free comments of both sides are kept and those that one side deleted are not") {
  const std::string base = "# head\n\na = 1\n\n# old\n\nb = 2\n";
  CHECK(text_of(base, "# head\n\na = 1\n\n# ours\n\n# old\n\nb = 2\n",
                "# head\n\na = 1\n\n# theirs\n\nb = 2\n") ==
        "# head\n\na = 1\n\n# theirs\n\n# ours\n\nb = 2\n");
  CHECK(text_of(base, "# head\n\na = 1\n", "# head\n\na = 1\n\n# old\n\n# new\n\nb = 2\n") ==
        "# head\n\na = 1\n# new\n");
}

TEST_CASE("a comment that both sides put something behind is there once") {
  CHECK(text_of("# licence\n\na {\n}\n", "# licence\n\no {\n}\n\na {\n}\n",
                "# licence\n\nt {\n}\n\na {\n}\n") == "# licence\n\no {\n}\n\nt {\n}\n\na {\n}\n");
}

TEST_CASE("a comment behind an item that finds its place taken goes above it") {
  CHECK(text_of("a = 1\n", "a = 1 # ours\n", "a = 1 # theirs\n") == "# theirs\na = 1 # ours\n");
  CHECK(text_of("a {\n  x = 1\n}\n", "a { # ours\n  x = 1\n}\n", "a { # theirs\n  x = 1\n}\n") ==
        "a { # ours\n  # theirs\n  x = 1\n}\n");
}

TEST_CASE("a comment inside of a value is never lost") {
  CHECK(conflicts_of("a = f(1)\n", "a = f(\n  # why\n  1\n)\n", "a = f(2)\n") == Found{"1 a"});
  CHECK(text_of("a = f(1)\n", "a = f(\n  1\n)\n", "a = f(2)\n") == "a = f(2)\n");
}

TEST_CASE("of two texts that mean the same the one with the comments is taken, whoever wrote it") {
  // The base has a key that must be evaluated, so that its members are not merged one by one.
  const std::string base = "cache = { ttl = 60, !enabled = true }\n";
  const std::string plain = "cache = { ttl = 60, enabled = true }\n";
  const std::string commented = "cache = {\n  ttl     = 60\n  enabled = true # always\n}\n";
  CHECK(text_of(base, plain, commented) == commented);
  CHECK(text_of(base, commented, plain) == commented);
  const std::string other = "cache = {\n  ttl     = 60 # short\n  enabled = true\n}\n";
  CHECK(conflicts_of(base, commented, other) == Found{"1 cache"});
}

TEST_CASE("the order is that of the side that changed it") {
  const std::string base = "a = 1\nb = 2\nc = 3\n";
  CHECK(text_of(base, "a = 1\nb = 2\nc = 4\n", "c = 3\na = 1\nb = 2\nd = 5\n") ==
        "c = 4\na = 1\nb = 2\nd = 5\n");
  CHECK(text_of(base, "b = 2\na = 1\nc = 3\n", "c = 3\na = 1\nb = 2\n") == "b = 2\na = 1\nc = 3\n");
}

TEST_CASE("blocks of the same address are told apart by their order") {
  const std::string base = "r {\n  a = 1\n}\n\nr {\n  a = 2\n}\n";
  CHECK(text_of(base, "r {\n  a = 3\n}\n\nr {\n  a = 2\n}\n", "r {\n  a = 1\n}\n\nr {\n  a = 4\n}\n") ==
        "r {\n  a = 3\n}\n\nr {\n  a = 4\n}\n");
}

TEST_CASE("items on one line are merged as one") {
  const std::string base = "a = 1 b = 2\nc = 3\n";
  CHECK(text_of(base, "a = 1 b = 4\nc = 3\n", "a = 1 b = 2\nc = 5\n") == "a = 1 b = 4\nc = 5\n");
  CHECK(conflicts_of(base, "a = 1 b = 4\nc = 3\n", "a = 2 b = 2\nc = 3\n") == Found{"1 a"});
}

TEST_CASE("line ends and a byte order mark are those of ours unless only theirs changed them") {
  CHECK(text_of("a = 1\n", "a = 2\r\n", "a = 1\nb = 1\n") == "a = 2\r\nb = 1\r\n");
  CHECK(text_of("a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 1\r\nb = 3\r\n") == "a = 2\r\nb = 3\r\n");
  CHECK(text_of("a = 1\r\nb = 2\r\n", "a = 1\r\nb = 3\r\nc = 4\r\n", "b = 2") == "b = 3\r\nc = 4\r\n");
  CHECK(text_of("\xEF\xBB\xBF"
                "a = 1\n",
                "\xEF\xBB\xBF"
                "a = 2\n",
                "\xEF\xBB\xBF"
                "a = 1\nb = 1\n") ==
        "\xEF\xBB\xBF"
        "a = 2\nb = 1\n");
  CHECK(text_of("a = 1\r\nb = 1\n", "a = 2\r\nb = 1\n", "a = 1\r\nb = 2\n") == "a = 2\r\nb = 2\n");
}

TEST_CASE("a last line without an end gets one where something follows") {
  CHECK(text_of("a = 1", "a = 1\nb = 2", "a = 1\nc = 3") == "a = 1\nb = 2\nc = 3");
  CHECK(text_of("a = <<E\nx\nE\n", "a = <<E\ny\nE\n", "a = <<E\nx\nE\nb = 1") == "a = <<E\ny\nE\nb = 1");
}

TEST_CASE("texts with syntax errors are not merged by address") {
  CHECK_FALSE(merge({"a = 1\n", "a =\n", "a = 2\n"}, {}).has_value());
  CHECK_FALSE(merge({"a =\n", "a = 1\n", "a = 2\n"}, {}).has_value());
}

TEST_CASE("as text, the lines between the first and the last difference are one conflict") {
  const Merged result = merge_as_text({"a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n"}, {});
  CHECK(result.text == "a\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\nc\n");
  CHECK(result.conflicts.at(0).line == 2);
  CHECK(merge_as_text({"a", "a", "b"}, {}).text == "b");
  CHECK(merge_as_text({"a", "b", "a"}, {}).text == "b");
  CHECK(merge_as_text({"", "b", "c"}, {}).text == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
}

TEST_CASE("a merge of ten thousand blocks that both sides changed takes no more than its size") {
  std::string base;
  std::string ours;
  std::string theirs;
  std::string start;
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = std::to_string(i);
    std::string head = "layer \"l";
    head.append(name).append("\" {\n  # about ").append(name).append("\n  title = ");
    base += head + "\"a\"\n  srid  = 1\n}\n\n";
    ours += head + (i % 2 == 0 ? "\"b\"" : "\"a\"") + "\n  srid  = 1\n}\n\n";
    ours += "ours \"" + name + "\" {\n}\n\n";
    start += "theirs \"" + name + "\" {\n}\n\n";
    theirs.append(head).append(i % 3 == 0 ? "\"a\"\n  srid  = 2\n}\n\n" : "\"a\"\n  srid  = 1\n}\n\n");
  }
  theirs = start + theirs;
  const auto before = std::chrono::steady_clock::now();
  const Merged result = merged_from(base, ours, theirs);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
  CHECK(result.conflicts.empty());
  CHECK(result.text.size() > theirs.size() + 10'000 * std::string("ours \"1\" {\n}\n\n").size());
}

TEST_CASE("values nested as deep as the parser allows are merged") {
  std::string open;
  std::string close;
  for (int i = 0; i < 900; ++i) {
    open += "{\na = ";
    close += "\n}";
  }
  CHECK(text_of("a = " + open + "1" + close, "a = " + open + "2" + close,
                "# x\na = " + open + "1\nb = 1" + close) == "# x\na = " + open + "2\nb = 1" + close);
}

}  // namespace honua::merging
