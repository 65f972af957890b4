// SPDX-License-Identifier: MIT
#include "diagnostics/suppression_comment.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>

namespace honua::diagnostics {

namespace {

// Rules, reason and date in one text; "none" for a comment that is no suppression.
std::string read(std::string_view comment) {
  const auto made = read_suppression(comment);
  if (!made) return "none";
  if (made->near_miss) {
    const SuppressionComment::Word& word = *made->near_miss;
    CHECK(comment.substr(word.begin, word.end - word.begin) == word.text);
    return "miss " + std::string(word.text);
  }
  std::string text = made->is_for_file ? "file" : "";
  for (const SuppressionComment::Word& word : made->rules) {
    CHECK(comment.substr(word.begin, word.end - word.begin) == word.text);
    text += "[" + std::string(word.text) + "]";
  }
  text += std::string(made->reason);
  if (made->until) text += " until " + std::to_string(static_cast<int>(made->until->year()));
  if (made->wrong_date) text += " wrong " + std::string(made->wrong_date->text);
  return text;
}

}  // namespace

TEST_CASE("a comment of any form may hold rules and a reason") {
  CHECK(read("# honua:ignore H2006 the reason") == "[H2006]the reason");
  CHECK(read("// honua:ignore H2006 the reason") == "[H2006]the reason");
  CHECK(read("/* honua:ignore H2006 the reason */") == "[H2006]the reason");
  CHECK(read("/* honua:ignore H2006") == "[H2006]");
  CHECK(read("#honua:ignore H2006") == "[H2006]");
  CHECK(read("# honua:ignore-file H2006 all of it") == "file[H2006]all of it");
}

TEST_CASE("rules stand in commas, by code or name") {
  CHECK(read("# honua:ignore H2006,H2007 why") == "[H2006][H2007]why");
  CHECK(read("# honua:ignore H2006 , service-without-layers why") == "[H2006][service-without-layers]why");
  CHECK(read("# honua:ignore H2006, ") == "[H2006]");
}

TEST_CASE("other comments suppress nothing") {
  CHECK(read("# a comment about honua:ignore") == "none");
  CHECK(read("# honua:ignored") == "none");
  CHECK(read("# honua: ignores what it does not know") == "none");
  CHECK(read("# honua ignores H2O") == "none");
  CHECK(read("# honua validate") == "none");
  CHECK(read("#") == "none");
  CHECK(read("/**/") == "none");
}

TEST_CASE("what was probably meant to ignore is a near miss") {
  CHECK(read("# honua: ignore H2006 why") == "miss honua: ignore");
  CHECK(read("# honua:ignore[H2006] why") == "miss honua:ignore[H2006]");
  CHECK(read("# honua:ignore=H2006") == "miss honua:ignore=H2006");
  CHECK(read("/* honua:ignore: H2006 */") == "miss honua:ignore:");
  CHECK(read("# honua:ignore-next-line") == "miss honua:ignore-next-line");
  CHECK(read("# honua:ignores H2006") == "miss honua:ignores");
  CHECK(read("# honua:ignored H2006") == "miss honua:ignored");
  CHECK(read("# HONUA:IGNORE H2006") == "miss HONUA:IGNORE");
  CHECK(read("# honua-disable h2006") == "miss honua-disable");
}

TEST_CASE("what names no rule has none") {
  CHECK(read("# honua:ignore").empty());
  CHECK(read("/* honua:ignore */").empty());
  CHECK(read("# honua:ignore-file").substr(0, 4) == "file");
}

TEST_CASE("a date behind the reason is the last day") {
  CHECK(read("# honua:ignore H2006 why (until 2027-01-31)") == "[H2006]why until 2027");
  CHECK(read("# honua:ignore H2006 (until 2027-01-31)") == "[H2006] until 2027");
  CHECK(read("/* honua:ignore H2006 why (until 2027-01-31) */") == "[H2006]why until 2027");
  CHECK(read("# honua:ignore H2006 why (until 2027-01-31) and on") == "[H2006]why until 2027");
}

TEST_CASE("what is no date is told") {
  CHECK(read("# honua:ignore H2006 why (until 2027-02-30)") == "[H2006]why wrong 2027-02-30");
  CHECK(read("# honua:ignore H2006 why (until May)") == "[H2006]why wrong May");
  CHECK(read("# honua:ignore H2006 why (until 2027-1-31)") == "[H2006]why wrong 2027-1-31");
  CHECK(read("# honua:ignore H2006 why (until -027-01-31)") == "[H2006]why wrong -027-01-31");
  CHECK(read("/* honua:ignore H2006 (until 2027-01-31*/") == "[H2006] until 2027");
  CHECK(read("# honua:ignore H2006 (until ") == "[H2006] wrong ");
}

}  // namespace honua::diagnostics
