// SPDX-License-Identifier: MIT
#include "text/sanitize.h"

#include <doctest/doctest.h>

#include <string>

#include "text/unicode.h"

namespace honua::text {

TEST_CASE("ordinary text stays as it is") {
  CHECK(printable("") == "");
  CHECK(printable("source = \"é 中 👩\u200D👧 ❤\uFE0F\" ~") == "source = \"é 中 👩\u200D👧 ❤\uFE0F\" ~");
  CHECK(printable("क्\u200Dष نام\u200Cه") == "क्\u200Dष نام\u200Cه");
}

TEST_CASE("terminal controls become visible") {
  using namespace std::string_literals;
  CHECK(printable("\x1B[31mred\x1B[0m") == "\\u{1b}[31mred\\u{1b}[0m");
  CHECK(printable("a\nb\r\tc") == "a\\u{a}b\\u{d}\\u{9}c");
  CHECK(printable("\0\x7F"s) == "\\u{0}\\u{7f}");
  CHECK(printable("\u009B31m\u0085") == "\\u{9b}31m\\u{85}");
}

TEST_CASE("characters that reorder or hide text become visible") {
  CHECK(printable("\u202Atext\u202E") == "\\u{202a}text\\u{202e}");
  CHECK(printable("\u2066\u2067\u2068\u2069") == "\\u{2066}\\u{2067}\\u{2068}\\u{2069}");
  CHECK(printable("\u200E\u200F\u061C") == "\\u{200e}\\u{200f}\\u{61c}");
  CHECK(printable("\u2028\u2029") == "\\u{2028}\\u{2029}");
  CHECK(printable("a\u200Bb\uFEFFc\u2060") == "a\\u{200b}b\\u{feff}c\\u{2060}");
  CHECK(printable("\U000E0041") == "\\u{e0041}");
}

TEST_CASE("malformed bytes become visible one by one") {
  CHECK(printable("a\xFF") == "a\\xff");
  CHECK(printable("\x9B"
                  "31m") == "\\x9b31m");  // what an 8-bit terminal takes for a control
  CHECK(printable("\xE2\x82 \xED\xA0\x80") == "\\xe2\\x82 \\xed\\xa0\\x80");
}

TEST_CASE("a result is printable") {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value == 0xD800) value = 0xE000;
    std::string text;
    append_utf8(text, value);
    const std::string once = printable(text);
    if (printable(once) != once) FAIL("at " << std::uint32_t(value));
    if (is_hazardous(value) == (once == text)) FAIL("at " << std::uint32_t(value));
  }
}

TEST_CASE("a quoted name is printable and stands between backticks") {
  CHECK(quoted("roads") == "`roads`");
  CHECK(quoted("a\nb\x1B") == "`a\\u{a}b\\u{1b}`");
}

}  // namespace honua::text
