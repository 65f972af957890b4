// SPDX-License-Identifier: MIT
#include "diagnostics/shown_text.h"

#include <doctest/doctest.h>

#include "text/unicode.h"

namespace honua::diagnostics {

TEST_CASE("a text up to the limit is shown whole, secrets aside") {
  const std::string longest(max_shown_text, 'x');
  CHECK(shown_text(longest) == longest);
  CHECK(shown_text("found `Password=abc`") == "found `Password=***`");
}

TEST_CASE("a longer text is cut in the middle, between characters") {
  for (const std::string character : {"x", "é", "道", "😀"}) {
    std::string name;
    while (name.size() < 3'000'000) name += character;
    const std::string shown = shown_text("there is no function named `" + name + "`");
    CAPTURE(character);
    CHECK(shown.size() <= max_shown_text + std::string("…").size());
    CHECK(shown.starts_with("there is no function named `" + character));
    CHECK(shown.find(character + "…" + character) != std::string::npos);
    CHECK(shown.ends_with(character + "`"));
    CHECK(text::find_malformed(shown) == std::string::npos);
  }
}

TEST_CASE("a text of continuation bytes alone is cut as well") {
  CHECK(shown_text(std::string(10'000, '\x80')).size() <= max_shown_text + std::string("…").size());
}

}  // namespace honua::diagnostics
