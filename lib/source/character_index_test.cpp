// SPDX-License-Identifier: MIT
#include "source/character_index.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

#include "source/source_file.h"
#include "text/unicode.h"

namespace honua::source {

namespace {

// Character by character from the start.
CharacterCount count_plainly(std::string_view text, std::size_t byte) {
  CharacterCount count;
  for (std::size_t at = 0; at < byte;) {
    const text::CodePoint point = text::decode(text, at);
    at += point.size;
    ++count.code_points;
    count.utf16_units += point.valid && point.value > 0xFFFF ? 2 : 1;
  }
  return count;
}

SourceFile file_with(const std::string& text) { return {0, "a.hcl", text}; }

}  // namespace

TEST_CASE("characters in front of every byte are counted in code points and in UTF-16 code units") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "aé漢😀e\xCC\x81\t\r\n\xFF\xE2\x82";
  const CharacterIndex upwards(text);
  const CharacterIndex downwards(text);
  for (std::uint32_t byte = 0; byte <= text.size(); ++byte) {
    REQUIRE(upwards.before(byte) == count_plainly(text, byte));
    const auto other = static_cast<std::uint32_t>(text.size()) - byte;
    REQUIRE(downwards.before(other) == count_plainly(text, other));
  }
  CHECK(upwards.before(~0U) == count_plainly(text, text.size()));
  CHECK(CharacterIndex("").before(0) == CharacterCount{0, 0});
}

TEST_CASE("the column of a byte depends on the unit") {
  const std::string line = "é漢😀e\xCC\x81\tx";
  const SourceFile file = file_with("first\r\n" + line);
  const auto at_x = static_cast<std::uint32_t>(file.text().find('x'));
  CHECK(file.column(at_x, ColumnUnit::byte) == 14);
  CHECK(file.column(at_x, ColumnUnit::utf16) == 8);
  CHECK(file.column(at_x, ColumnUnit::code_point) == 7);
  CHECK(file.position(at_x).column == 6);
}

TEST_CASE("a byte order mark is no column, but its bytes are bytes of the line") {
  const SourceFile file = file_with(
      "\xEF\xBB\xBF"
      "ab\nc");
  CHECK(file.column(0, ColumnUnit::utf16) == 1);
  CHECK(file.column(3, ColumnUnit::utf16) == 1);
  CHECK(file.column(4, ColumnUnit::code_point) == 2);
  CHECK(file.column(0, ColumnUnit::byte) == 1);
  CHECK(file.column(4, ColumnUnit::byte) == 5);
  CHECK(file.column(6, ColumnUnit::byte) == 1);
  CHECK(file.column(100, ColumnUnit::byte) == 2);
}

TEST_CASE("many columns of one long line take no longer than the line is") {
  // Counting from the line's start each time would be 50,000 times 2 million steps.
  std::string text;
  for (int i = 0; i < 500000; ++i) text += "é漢";
  const SourceFile file = file_with(text);
  const auto begin = std::chrono::steady_clock::now();
  std::uint32_t last = 0;
  for (std::uint32_t byte = 0; byte < text.size(); byte += 50) {
    const std::uint32_t column = file.column(byte, ColumnUnit::utf16);
    REQUIRE(column > last);
    last = column;
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

}  // namespace honua::source
