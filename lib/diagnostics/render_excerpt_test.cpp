// SPDX-License-Identifier: MIT
#include "diagnostics/render_excerpt.h"

#include <doctest/doctest.h>

#include <string>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

namespace {

// What is below the place's line.
std::string body(const Sample& sample) {
  const std::string all = sample.human();
  return "\n" + all.substr(all.find("  |\n"));
}

}  // namespace

TEST_CASE("two labels on one line hang from their marks") {
  Sample sample("call(one, two, three)\n");
  sample.diagnostic.range = sample.find("three");
  sample.diagnostic.captioned("third").label(sample.find("one"), "first").label(sample.find("two"), "second");
  CHECK(body(sample) == R"(
  |
1 | call(one, two, three)
  |      ---  ---  ^^^^^ third
  |      |    |
  |      |    second
  |      first
)");
}

TEST_CASE("the rightmost caption stands beside the marks, whichever it is") {
  Sample sample("call(one, two)\n");
  sample.diagnostic.range = sample.find("one");
  sample.diagnostic.captioned("at fault").label(sample.find("two"), "because of this");
  CHECK(body(sample) == R"(
  |
1 | call(one, two)
  |      ^^^  --- because of this
  |      |
  |      at fault
)");
}

TEST_CASE("a mark without a caption takes no row") {
  Sample sample("call(one, two)\n");
  sample.diagnostic.range = sample.find("one");
  sample.diagnostic.label(sample.find("two"), "because of this");
  CHECK(body(sample) == R"(
  |
1 | call(one, two)
  |      ^^^  --- because of this
)");
  sample.diagnostic.captioned("at fault").labels[0].message = "";
  CHECK(body(sample) == R"(
  |
1 | call(one, two)
  |      ^^^  ---
  |      |
  |      at fault
)");
}

TEST_CASE("of overlapping marks the shorter is on top") {
  Sample sample("call(one, two)\n");
  sample.diagnostic.range = sample.find("one");
  sample.diagnostic.captioned("inner").label(sample.find("(one, two)"), "outer");
  CHECK(body(sample) == R"(
  |
1 | call(one, two)
  |     -^^^------ outer
  |      |
  |      inner
)");
  sample.diagnostic.range = sample.find("(one, two)");
  sample.diagnostic.labels[0].range = sample.find("two");
  CHECK(body(sample) == R"(
  |
1 | call(one, two)
  |     ^^^^^^---^ inner
  |           |
  |           outer
)");
}

TEST_CASE("two captions on the same place are both shown") {
  Sample sample("call(one)\n");
  sample.diagnostic.range = sample.find("one");
  sample.diagnostic.captioned("at fault").label(sample.find("one"), "again");
  CHECK(body(sample) == R"(
  |
1 | call(one)
  |      ^^^ at fault
  |      |
  |      again
)");
}

TEST_CASE("captions under wide characters start at their marks") {
  Sample sample("道(路, two)\n");
  sample.diagnostic.range = sample.find("two");
  sample.diagnostic.captioned("second")
      .label(sample.find("路"), "erste Straße")
      .label(sample.find("道"), "zero");
  CHECK(body(sample) == R"(
  |
1 | 道(路, two)
  | -- --  ^^^ second
  | |  |
  | |  erste Straße
  | zero
)");
}

TEST_CASE("a range over several lines is a bar on the left") {
  CHECK(excerpt_at("a = {\n  b = 1\n}\nc = 2\n", "{\n  b = 1\n}", "never used") == R"(
  |
1 |   a = {
  |  _____^
2 | |   b = 1
3 | | }
  | |_^ never used
)");
}

TEST_CASE("a bar from the first character on starts beside it") {
  CHECK(excerpt_at("  block {\n  b = 1\n  }\n", "block {\n  b = 1\n  }", "unknown") == R"(
  |
1 | /   block {
2 | |   b = 1
3 | |   }
  | |___^ unknown
)");
}

TEST_CASE("a bar passes lines that are left out") {
  std::string text = "block {\n";
  for (int i = 2; i < 12; ++i) text += "  a" + std::to_string(i) + " = 1\n";
  text += "}\n";
  CHECK(excerpt(text, 0, static_cast<std::uint32_t>(text.size()) - 1) == R"(
   |
 1 | / block {
...  |
12 | | }
   | |_^
)");
}

TEST_CASE("a range that ends with a line end stops on that line") {
  CHECK(excerpt("a = 1\nb = 2\nc = 3\n", 4, 12) == R"(
  |
1 |   a = 1
  |  _____^
2 | | b = 2
  | |_____^
)");
  CHECK(excerpt("a = {\n\n", 4, 7) == R"(
  |
1 |   a = {
  |  _____^
2 | |
  | |_^
)");
}

TEST_CASE("a bar goes to a line end over a wide character") {
  CHECK(excerpt("a = [\n道]", 4, 10) == R"(
  |
1 |   a = [
  |  _____^
2 | | 道]
  | |___^
)");
}

TEST_CASE("marks stand beside a bar") {
  Sample sample("a = [\n  1,\n  x,\n]\nb = 2\n");
  sample.diagnostic.range = sample.find("[\n  1,\n  x,\n]");
  sample.diagnostic.captioned("this list")
      .label(sample.find("a"), "name")
      .label(sample.find("x"), "element")
      .label(sample.find("]"), "end")
      .label(sample.find("b"), "next");
  CHECK(body(sample) == R"(
  |
1 |   a = [
  |   - name
  |  _____^
2 | |   1,
3 | |   x,
  | |   - element
4 | | ]
  | | - end
  | |_^ this list
5 |   b = 2
  |   - next
)");
}

TEST_CASE("a label over several lines is a bar of dashes") {
  Sample sample("block {\n}\nblock {\n}\n");
  sample.diagnostic.range = sample.find("block", 2);
  sample.diagnostic.captioned("again").label(sample.find("block {\n}"), "first");
  CHECK(body(sample) == R"(
  |
1 | / block {
2 | | }
  | |_- first
3 |   block {
  |   ^^^^^ again
)");
}

TEST_CASE("of two ranges over several lines the one at fault is the bar") {
  Sample sample("one {\n}\ntwo {\n}\n");
  sample.diagnostic.range = sample.find("two {\n}");
  sample.diagnostic.captioned("second").label(sample.find("one {\n}"), "first");
  CHECK(body(sample) == R"(
  |
1 |   one {
  |   ----- first
2 |   }
3 | / two {
4 | | }
  | |_^ second
)");
}

TEST_CASE("line ends belong to the lines they end") {
  const Sample sample("ab\r\ncd\n\n");
  const source::SourceFile& file = sample.files.file(0);
  const auto lines = [&](std::uint32_t begin, std::uint32_t end) {
    const Lines found = lines_of(file, {0, begin, end});
    return std::to_string(found.first) + "-" + std::to_string(found.last);
  };
  CHECK(lines(0, 2) == "1-1");
  CHECK(lines(0, 4) == "1-1");
  CHECK(lines(0, 5) == "1-2");
  CHECK(lines(3, 4) == "1-1");
  CHECK(lines(4, 4) == "2-2");
  CHECK(lines(6, 8) == "2-3");
  CHECK(lines(8, 8) == "4-4");
  CHECK(lines(5, 2) == "2-2");
  CHECK(lines(90, 99) == "4-4");
}

}  // namespace honua::diagnostics
