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
    std::string text = "there is no function named `";
    text.append(name).append("`");
    const std::string shown = shown_text(text);
    CAPTURE(character);
    CHECK(shown.size() <= max_shown_text + std::string("…").size());
    CHECK(shown.starts_with("there is no function named `"));
    const std::size_t cut = shown.find("…");
    CHECK(cut != std::string::npos);
    CHECK(shown.find(character, cut) == cut + std::string("…").size());
    CHECK(shown.ends_with("`"));
    CHECK(text::find_malformed(shown) == std::string::npos);
  }
}

TEST_CASE("a text of continuation bytes alone is cut as well") {
  CHECK(shown_text(std::string(10'000, '\x80')).size() <= max_shown_text + std::string("…").size());
}

TEST_CASE("a finding about a secret quotes nothing of it") {
  source::SourceSet files;
  files.add("a.hcl", "password = \"hunter2\"\ntitle = \"open\"\n");
  Diagnostic about_secret;
  about_secret.range = {0, 11, 20};
  const ShownTexts hidden(about_secret, files);
  CHECK(hidden("found `\"hunter2\"`, see `env`") == "found `\"*******\"`, see `env`");
  CHECK(hidden("`hunter2` is no word") == "`*******` is no word");
  CHECK(hidden("``, `\"`, `") == "``, `\"`, `");
  Diagnostic other;
  other.range = {0, 29, 35};
  CHECK(ShownTexts(other, files)("found `\"open\"`") == "found `\"open\"`");
  other.label({0, 11, 20}, "");
  CHECK(ShownTexts(other, files)("found `\"hunter2\"`") == "found `\"*******\"`");
}

}  // namespace honua::diagnostics
