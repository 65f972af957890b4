// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "text/unicode.h"

namespace honua::text {

namespace {

constexpr std::string_view family = "👩\u200D👩\u200D👧\u200D👦";
constexpr std::string_view flag = "🇩🇪";

struct Case {
  std::string_view name;
  std::string_view text;
  std::size_t clusters;
  std::size_t first;  // bytes
  std::size_t width;
};

// The break rules of UAX #29 by their numbers.
const std::vector<Case> cases = {
    {"empty", "", 0, 0, 0},
    {"plain", "abc", 3, 1, 3},
    {"GB3: CRLF", "\r\n", 1, 2, 2},
    {"CR, CRLF", "\r\r\n", 2, 1, 3},
    {"LF, CR", "\n\r", 2, 1, 2},
    {"CRLF, letter", "\r\na", 2, 2, 3},
    {"GB4: control, mark", "\n\u0301", 2, 1, 1},
    {"CRLF, mark", "\r\n\u0301", 2, 2, 2},
    {"GB6: Hangul syllable of jamo", "\u1100\u1161\u11A8", 1, 9, 2},
    {"GB9: letter, mark", "e\u0301", 1, 3, 1},
    {"letter, two marks", "e\u0301\u0323x", 2, 5, 2},
    {"letters before a mark", "abce\u0301", 4, 1, 4},
    {"a mark alone", "\u0301", 1, 2, 0},
    {"GB9a: Devanagari vowel sign", "\u0915\u093F", 1, 6, 1},
    {"GB9b: prepended sign", "\u0600\u0661", 1, 4, 1},
    {"GB11: family", family, 1, family.size(), 2},
    {"families", "👩\u200D👧👩\u200D👧", 2, 11, 4},
    {"skin tone", "👍🏽", 1, 8, 2},
    {"skin tone in a sequence", "👩🏽\u200D🚀", 1, 15, 2},
    {"GB12: flag", flag, 1, flag.size(), 2},
    {"two flags", "🇩🇪🇫🇷", 2, 8, 4},
    {"three flag letters", "🇩🇪🇫", 2, 8, 3},
    {"flags after a letter", "a🇩🇪🇫🇷", 3, 1, 5},
    {"keycap", "1\uFE0F\u20E3", 1, 7, 2},
    {"heart as text", "\u2764", 1, 3, 1},
    {"heart as emoji", "\u2764\uFE0F", 1, 6, 2},
    {"GB999: wide characters", "中文", 2, 3, 4},
    {"full-width letter", "\uFF21", 1, 3, 2},
    {"tab and controls", "\t\x01\x7F", 3, 1, 3},
    {"C1 control", "\u009B", 1, 2, 1},
    {"malformed byte", "\xFF", 1, 1, 1},
    {"malformed, mark", "\xFF\u0301", 2, 1, 1},
    {"letter, malformed", "a\xFF", 2, 1, 2},
    {"malformed twice", "\xE2\x82\xE2\x82", 2, 2, 2},
    {"malformed in a family", "👩\u200D\xFF👩", 3, 7, 5},
    {"long run before a mark", "0123456789012345678901234567890123456789e\u0301z", 42, 1, 42},
};

}  // namespace

TEST_CASE("clusters are counted by the rules of UAX 29") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(count_graphemes(one.text) == one.clusters);
  }
}

TEST_CASE("the first cluster is measured in bytes") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(first_grapheme(one.text) == one.first);
  }
}

TEST_CASE("display widths are terminal cells") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(display_width(one.text) == one.width);
  }
}

TEST_CASE("counting agrees with stepping cluster by cluster") {
  for (const Case& first : cases) {
    for (const Case& second : cases) {
      const std::string text = std::string(first.text) + std::string(second.text) + std::string(first.text);
      std::size_t count = 0;
      for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(first_grapheme(rest))) ++count;
      CAPTURE(first.name);
      CAPTURE(second.name);
      CHECK(count_graphemes(text) == count);
    }
  }
}

}  // namespace honua::text
