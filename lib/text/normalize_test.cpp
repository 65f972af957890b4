// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "text/unicode.h"

namespace honua::text {

TEST_CASE("text is composed") {
  CHECK(to_nfc("") == "");
  CHECK(to_nfc("plain é") == "plain é");
  CHECK(to_nfc("e\u0301") == "\u00E9");
  CHECK(to_nfc("\u1100\u1161\u11A8") == "\uAC01");
  CHECK(to_nfc("\u212B") == "\u00C5");                    // Ångström sign, a singleton
  CHECK(to_nfc("\u0958") == "\u0915\u093C");              // excluded from composition
  CHECK(to_nfc("\u1F82") == "\u1F82");                    // decomposes into four characters
  CHECK(to_nfc("\u03B1\u0345\u0313\u0300") == "\u1F82");  // in another order
  CHECK(to_nfc("\uFB01") == "\uFB01");                    // a compatibility character stays
}

TEST_CASE("combining marks come in canonical order") {
  CHECK(to_nfc("a\u0301\u0323") == "\u1EA1\u0301");
  CHECK(to_nfc("q\u0307\u0323") == "q\u0323\u0307");
  CHECK(to_nfc("q\u0323\u0307") == "q\u0323\u0307");
  CHECK(to_nfc("q\u0302\u0301") == "q\u0302\u0301");  // same class: order means something
}

TEST_CASE("a NUL is text like any other") {
  using namespace std::string_literals;
  CHECK(to_nfc("a\0e\u0301"s) == "a\0\u00E9"s);
}

TEST_CASE("malformed text is not normalized") { CHECK(to_nfc("e\u0301\xFF") == "e\u0301\xFF"); }

TEST_CASE("a very long run of marks is put in order in bounded time") {
  constexpr std::size_t pairs = 200'000;
  std::string text = "q";
  for (std::size_t i = 0; i < pairs; ++i) text += "\u0307\u0323";  // a quadratic sort would take minutes
  const std::string result = to_nfc(text);
  CHECK(result.size() == text.size());
  CHECK(result.starts_with("q\u0323\u0323"));
  CHECK(result.ends_with("\u0307\u0307"));
}

}  // namespace honua::text
