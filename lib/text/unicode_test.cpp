// SPDX-License-Identifier: MIT
#include "text/unicode.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "text/ascii.h"

namespace honua::text {

namespace {

using namespace std::string_view_literals;

std::string utf8(std::u32string_view characters) {
  std::string out;
  for (const char32_t one : characters) append_utf8(out, one);
  return out;
}

}  // namespace

TEST_CASE("the end of an ASCII run is found at every position and alignment") {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string plain(size, 'x');
    CHECK(ascii_end(plain, 0) == size);
    CHECK(ascii_end_portable(plain, 0) == size);
    for (std::size_t bad = 0; bad < size; bad += 7) {
      std::string text = plain;
      text[bad] = '\x80';
      CAPTURE(size);
      CAPTURE(bad);
      CHECK(ascii_end(text, 0) == bad);
      CHECK(ascii_end_portable(text, 0) == bad);
      CHECK(ascii_end(text, bad + 1) == size);
      CHECK(ascii_end_portable(text, bad + 1) == size);
    }
  }
}

TEST_CASE("every scalar value is encoded and decoded") {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value == 0xD800) value = 0xE000;
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode(text, 0);
    if (!point.valid || point.value != value || point.size != text.size())
      FAIL("at " << std::uint32_t(value));
    if (find_malformed(text) != std::string_view::npos) FAIL("at " << std::uint32_t(value));
  }
}

TEST_CASE("encoded characters have the sizes of UTF-8") {
  CHECK(utf8(U"\x7F").size() == 1);
  CHECK(utf8(U"\x80").size() == 2);
  CHECK(utf8(U"\x7FF").size() == 2);
  CHECK(utf8(U"\x800").size() == 3);
  CHECK(utf8(U"\xFFFF").size() == 3);
  CHECK(utf8(U"\x10000").size() == 4);
  CHECK(utf8(U"\u20AC") == "\xE2\x82\xAC");
}

TEST_CASE("a malformed sequence is as long as its maximal well-formed prefix") {
  struct Case {
    std::string_view text;
    std::uint32_t size;
  };
  const std::vector<Case> cases = {
      {"\x80", 1},              // a continuation without a start
      {"\xBF\xBF", 1},          //
      {"\xC0\xAF", 1},          // overlong
      {"\xC1\xBF", 1},          //
      {"\xE0\x9F\xBF", 1},      //
      {"\xF0\x8F\xBF\xBF", 1},  //
      {"\xED\xA0\x80", 1},      // a surrogate
      {"\xED\xBF\xBF", 1},      //
      {"\xF4\x90\x80\x80", 1},  // over U+10FFFF
      {"\xF5\x80\x80\x80", 1},  //
      {"\xFF", 1},              //
      {"\xC3", 1},              // cut off
      {"\xC3(", 1},             //
      {"\xE2\x82", 2},          //
      {"\xE2\x82(", 2},         //
      {"\xF0\x9F\x98", 3},      //
      {"\xF0\x9F\x98\xC3", 3},  //
      {"\xF0\x9F(", 2},         //
      {"\xE2\x28\xA1", 1},      //
      {"\xF1\x80\x80\x41", 3},  //
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const CodePoint point = decode(one.text, 0);
    CHECK_FALSE(point.valid);
    CHECK(point.size == one.size);
    CHECK(find_malformed(one.text) == 0);
    CHECK(count_graphemes(one.text.substr(0, one.size)) == 1);
  }
}

TEST_CASE("the first malformed byte is found behind any amount of well-formed text") {
  CHECK(find_malformed("") == std::string_view::npos);
  CHECK(find_malformed("plain") == std::string_view::npos);
  CHECK(find_malformed("é€😀") == std::string_view::npos);
  for (std::size_t before = 0; before < 100; ++before) {
    const std::string ascii(before, 'a');
    CHECK(find_malformed(ascii + "\xFFz") == before);
    CHECK(find_malformed(ascii + "é\xE2\x82") == before + 2);
    CHECK(find_malformed(std::string(ascii).append("😀").append(ascii)) == std::string_view::npos);
  }
}

TEST_CASE("identifiers start with letters, letter numbers and an underscore") {
  for (const char32_t value :
       U"azAZ_\u00AA\u00E9\u03B1\u4E2D\uAC00\u2160\u1885\u2118\u212E\u309B\u309C\u02B0"sv) {
    CAPTURE(std::uint32_t(value));
    CHECK(is_identifier_start(value));
    CHECK(is_identifier_continue(value));
  }
  for (const char32_t value : U"09-\u0301\u0903\u0660\u203F\u00B7\u0387\u1369\u1371\u19DA"sv) {
    CAPTURE(std::uint32_t(value));
    CHECK_FALSE(is_identifier_start(value));
    CHECK(is_identifier_continue(value));
  }
  for (const char32_t value :
       U" .$\"{\x7F\u0080\u00A0\u00B2\u00D7\u2E2F\u2028\u20AC\u2190\u200D\uFFFD\U0001F600"sv) {
    CAPTURE(std::uint32_t(value));
    CHECK_FALSE(is_identifier_start(value));
    CHECK_FALSE(is_identifier_continue(value));
  }
}

TEST_CASE("NUL is neither identifier nor space") {
  CHECK_FALSE(is_identifier_start(0));
  CHECK_FALSE(is_identifier_continue(0));
  CHECK_FALSE(is_space(0));
}

TEST_CASE("white space is Unicode's White_Space, 25 characters") {
  int count = 0;
  for (char32_t value = 0; value <= 0x10FFFF; ++value) count += is_space(value) ? 1 : 0;
  CHECK(count == 25);
  CHECK(is_space(' '));
  CHECK(is_space('\t'));
  CHECK(is_space(0x85));
  CHECK(is_space(0xA0));
  CHECK(is_space(0x3000));
  CHECK_FALSE(is_space(0x200B));
  CHECK_FALSE(is_space(0xFEFF));
}

TEST_CASE("lower and upper case map character by character") {
  CHECK(to_lower("Layer ÉΣ中") == "layer éσ中");
  CHECK(to_upper("layer éσ中") == "LAYER ÉΣ中");
  CHECK(to_lower("@[`{AZaz") == "@[`{azaz");
  CHECK(to_upper("@[`{AZaz") == "@[`{AZAZ");
  CHECK(to_upper("ß") == "ß");  // a full mapping would give two letters
  CHECK(to_lower("A\xFF"
                 "B\xE2\x82") ==
        "a\xFF"
        "b\xE2\x82");
  CHECK(to_lower("") == "");
}

TEST_CASE("the start of a character is found from any of its bytes") {
  const std::string text = "aé😀";
  const std::vector<std::size_t> starts{0, 1, 1, 3, 3, 3, 3, 7};
  for (std::size_t at = 0; at < starts.size(); ++at) CHECK(character_start(text, at) == starts[at]);
  CHECK(character_start(std::string(10, '\x80'), 9) == 6);
  CHECK(character_start(std::string(10, '\x80'), 2) == 0);
}

}  // namespace honua::text
