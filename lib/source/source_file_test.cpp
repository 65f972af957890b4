// SPDX-License-Identifier: MIT
#include "source/source_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "text/unicode.h"

namespace honua::source {

namespace {

// "LINE:COLUMN" of a byte.
std::string place(const std::string& text, std::uint32_t byte) {
  const SourceFile file(0, "f", text);
  const SourcePosition at = file.position(byte);
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string line(const std::string& text, std::uint32_t number) {
  const SourceFile file(0, "f", text);
  return std::string(file.text(file.line_range(number)));
}

std::uint32_t line_count(const std::string& text) { return SourceFile(0, "f", text).line_count(); }

}  // namespace

TEST_CASE("lines and columns are counted from 1") {
  CHECK(place("a = 1\nb = 2\n", 0) == "1:1");
  CHECK(place("a = 1\nb = 2\n", 4) == "1:5");
  CHECK(place("a = 1\nb = 2\n", 6) == "2:1");
  CHECK(place("a = 1\nb = 2\n", 10) == "2:5");
}

TEST_CASE("a line end belongs to the line it ends") {
  CHECK(place("ab\ncd\n", 2) == "1:3");
  CHECK(place("ab\r\ncd\r\n", 2) == "1:3");
  CHECK(place("ab\r\ncd\r\n", 4) == "2:1");
}

TEST_CASE("the end of the file is a place") {
  CHECK(place("", 0) == "1:1");
  CHECK(place("ab", 2) == "1:3");
  CHECK(place("ab\n", 3) == "2:1");
  CHECK(place("ab\n\n", 4) == "3:1");
}

TEST_CASE("bytes behind the end count as the end") {
  const SourceFile file(0, "f", "ab\ncd");
  CHECK(file.position(99) == SourcePosition{2, 3, 5});
  CHECK(file.line_of(99) == 2);
}

TEST_CASE("a byte order mark is before the first column") {
  const std::string text =
      "\xEF\xBB\xBF"
      "ab\ncd";
  CHECK(SourceFile(0, "f", text).content_begin() == 3);
  CHECK(place(text, 0) == "1:1");
  CHECK(place(text, 3) == "1:1");
  CHECK(place(text, 4) == "1:2");
  CHECK(place(text, 6) == "2:1");
  CHECK(SourceFile(0, "f", text).position(0).byte == 0);
  CHECK(line(text, 1) == "ab");
  CHECK(place("\xEF\xBB\xBF", 3) == "1:1");
}

TEST_CASE("a byte order mark elsewhere is a character") {
  CHECK(SourceFile(0, "f",
                   "a\xEF\xBB\xBF"
                   "b")
            .content_begin() == 0);
  CHECK(SourceFile(0, "f", "\xEF\xBB").content_begin() == 0);
  CHECK(place("\xEF\xBB\xBF"
              "\xEF\xBB\xBF"
              "b",
              6) == "1:2");
}

TEST_CASE("a tab counts one column") { CHECK(place("\t\tx", 2) == "1:3"); }

TEST_CASE("a carriage return alone ends no line and counts one column") {
  CHECK(line_count("a\rb\rc") == 1);
  CHECK(place("a\rb", 2) == "1:3");
  CHECK(place("a\r\r\nb", 2) == "1:3");
  CHECK(place("a\r\r\nb", 4) == "2:1");
  CHECK(line("a\r\r\nb", 1) == "a\r");
  CHECK(line("a\nb\r", 2) == "b\r");
}

TEST_CASE("columns count what readers see as characters") {
  const std::string family = "👩\u200D👩\u200D👧\u200D👦";
  const std::string text = "a = \"" + family + "\" b";
  CHECK(place(text, static_cast<std::uint32_t>(text.size()) - 1) == "1:9");
  CHECK(place("e\u0301x", 3) == "1:2");
  CHECK(place("道路x", 6) == "1:3");
  CHECK(place("🇩🇪🇫🇷x", 16) == "1:3");
  CHECK(place("a\xFF\xFEz", 3) == "1:4");
}

TEST_CASE("columns far into a long line are counted right, in any order") {
  std::string text = "first\n";
  for (int i = 0; i < 3000; ++i) text += i % 3 == 0 ? "e\u0301" : i % 3 == 1 ? "道" : "ab\r";
  for (int i = 0; i < 5000; ++i) text += "\u0301";  // one cluster beyond any checkpoint's distance
  for (int i = 0; i < 5000; ++i) text += "x";
  text += "\r\nlast";
  const SourceFile file(0, "f", text);
  const auto check = [&](std::uint32_t byte) {
    if (!text::decode(text, byte).valid) return;  // inside of a character
    const std::size_t start = byte < 6 ? 0 : 6;
    if (file.position(byte).column != text::count_graphemes(file.text().substr(start, byte - start)) + 1) {
      FAIL("at " << byte);
    }
  };
  const auto end = static_cast<std::uint32_t>(text.find("\nlast"));
  for (std::uint32_t byte = end; byte > 0; byte -= std::min(byte, 97U)) check(byte);
  for (std::uint32_t byte = 0; byte <= end; byte += 13) check(byte);
  CHECK(file.position(end + 1) == SourcePosition{3, 1, end + 1});
}

TEST_CASE("thousands of positions in one enormous line take bounded time") {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "é";
  const SourceFile file(0, "f", text);
  const auto start = std::chrono::steady_clock::now();
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const std::uint32_t character = i * 7919 % 1'000'000;
    if (file.position(character * 2).column != character + 1) FAIL("at " << character);
  }
  // Counting from the line's start each time would take many minutes.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("lines are given without their ends") {
  const std::string text = "one\r\n\ntwo\nthree";
  CHECK(line_count(text) == 4);
  CHECK(line(text, 1) == "one");
  CHECK(line(text, 2) == "");
  CHECK(line(text, 3) == "two");
  CHECK(line(text, 4) == "three");
}

TEST_CASE("there is always a line, and one behind the last line feed") {
  CHECK(line_count("") == 1);
  CHECK(line("", 1) == "");
  CHECK(line_count("\n") == 2);
  CHECK(line("\r\n", 1) == "");
  CHECK(line("\r\n", 2) == "");
}

TEST_CASE("every byte lies in the line whose range is nearest before") {
  const std::string text =
      "\xEF\xBB\xBF"
      "a\r\n\nbc\n\r\nd";
  const SourceFile file(0, "f", text);
  for (std::uint32_t byte = 0; byte <= text.size(); ++byte) {
    const std::uint32_t number = file.line_of(byte);
    CAPTURE(byte);
    CHECK(number == file.position(byte).line);
    if (byte >= file.content_begin()) CHECK(file.line_range(number).begin <= byte);
    if (number < file.line_count()) CHECK(byte < file.line_range(number + 1).begin);
  }
}

TEST_CASE("files of a set keep their number, name and place in memory") {
  SourceSet files;
  const SourceFile& first = files.add("a.hcl", "a = 1\n");
  for (int i = 0; i < 1000; ++i) files.add("more.hcl", "x");
  CHECK(files.size() == 1001);
  CHECK(&files.file(0) == &first);
  CHECK(first.name() == "a.hcl");
  CHECK(first.text() == "a = 1\n");
  CHECK(first.text(SourceRange{0, 4, 5}) == "1");
  CHECK(files.file(1000).id() == 1000);
  CHECK(files.file(7).line_range(1).file == 7);
}

}  // namespace honua::source
