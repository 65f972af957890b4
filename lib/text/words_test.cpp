// SPDX-License-Identifier: MIT
#include "text/words.h"

#include <doctest/doctest.h>

#include <ostream>

namespace honua::text {

TEST_CASE("one of a thing has another ending than none or many") {
  CHECK(count_of(0, "error") == "0 errors");
  CHECK(count_of(1, "error") == "1 error");
  CHECK(count_of(12, "error") == "12 errors");
}

TEST_CASE("dates have four, two and two digits") {
  using std::chrono::year;
  CHECK(date_text(year{2027} / 1 / 31) == "2027-01-31");
  CHECK(date_text(year{2027} / 12 / 1) == "2027-12-01");
  CHECK(date_text(year{7} / 7 / 7) == "0007-07-07");
  CHECK(date_text(year{9999} / 12 / 31) == "9999-12-31");
}

TEST_CASE("blanks, tabs and line ends around a text are taken away") {
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(trimmed("a") == "a");
  CHECK(trimmed(" \n").empty());
  CHECK(trimmed("").empty());
}

TEST_CASE("a clipped text ends between two characters") {
  CHECK(clipped("abc", 5) == "abc");
  CHECK(clipped("abc", 3) == "abc");
  CHECK(clipped("abc", 2) == "ab");
  CHECK(clipped("a\u00e9", 2) == "a");
  CHECK(clipped("a\u00e9", 3) == "a\u00e9");
  CHECK(clipped("", 0).empty());
}

}  // namespace honua::text
