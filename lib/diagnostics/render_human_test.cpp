// SPDX-License-Identifier: MIT
#include "diagnostics/render_human.h"

#include <doctest/doctest.h>

#include <string>

#include "diagnostics/render_for_test.h"

namespace honua::diagnostics {

TEST_CASE("a finding has a title, a place and an excerpt with carets") {
  Sample sample("layer \"roads\" {\n  srid = 4326\n}\n");
  sample.diagnostic.range = sample.find("srid");
  sample.diagnostic.message = "unknown attribute `srid`";
  CHECK(sample.human() == R"(error[H0102]: unknown attribute `srid`
 --> roads.hcl:2:3
  |
2 |   srid = 4326
  |   ^^^^
)");
}

TEST_CASE("a caption stands behind the carets and help at the end") {
  Sample sample("a = 1\n");
  sample.diagnostic.range = sample.find("1");
  sample.diagnostic.captioned("this one").suggest("remove it").suggest("or keep it");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
 --> roads.hcl:1:5
  |
1 | a = 1
  |     ^ this one
  |
  = help: remove it
  = help: or keep it
)");
}

TEST_CASE("secrets in the excerpt, in messages and in labels are masked") {
  Sample sample("connection = \"Host=x;Password=s3cret\" + 1\n");
  sample.diagnostic.range = sample.find("+");
  sample.diagnostic.message = "expected a number, found `\"Host=x;Password=s3cret\"`";
  sample.diagnostic.captioned("not `token=abc`").suggest("see postgres://u:pw@host");
  CHECK(sample.human() == R"(error[H0102]: expected a number, found `"Host=x;Password=******"`
 --> roads.hcl:1:39
  |
1 | connection = "Host=x;Password=******" + 1
  |                                       ^ not `token=***`
  |
  = help: see postgres://u:**@host
)");
}

TEST_CASE("warnings and infos say so") {
  Sample sample("a = 1\n");
  sample.diagnostic.severity = Severity::warning;
  CHECK(sample.human().starts_with("warning[H0102]: something is wrong\n"));
  sample.diagnostic.severity = Severity::info;
  CHECK(sample.human().starts_with("info[H0102]: something is wrong\n"));
}

TEST_CASE("a label on an earlier line comes first, with the line between") {
  Sample sample("srid = 1\ntable = 2\nsrid = 3\n");
  sample.diagnostic.range = sample.find("srid", 2);
  sample.diagnostic.captioned("set again here").label(sample.find("srid"), "first set here");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
 --> roads.hcl:3:1
  |
1 | srid = 1
  | ---- first set here
2 | table = 2
3 | srid = 3
  | ^^^^ set again here
)");
}

TEST_CASE("two and more lines between are left out") {
  Sample sample("a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n");
  sample.diagnostic.range = sample.find("a");
  sample.diagnostic.label(sample.find("d"), "").label(sample.find("e"), "next");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
 --> roads.hcl:1:1
  |
1 | a = 1
  | ^
...
4 | d = 4
  | -
5 | e = 5
  | - next
)");
}

TEST_CASE("line numbers are aligned to the right") {
  std::string text;
  for (int line = 1; line <= 120; ++line) text += "k" + std::to_string(line) + " = 0\n";
  Sample sample(text);
  sample.diagnostic.range = sample.find("k9 ");
  sample.diagnostic.label(sample.find("k10"), "ten").label(sample.find("k100"), "hundred");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
   --> roads.hcl:9:1
    |
  9 | k9 = 0
    | ^^^
 10 | k10 = 0
    | --- ten
...
100 | k100 = 0
    | ---- hundred
)");
}

TEST_CASE("a label in another file gets a heading of its own") {
  Sample sample("srid = 1\n");
  sample.files.add("base.hcl", "x = 0\n  srid = 2\n");
  sample.files.add("more.hcl", "srid = 3\n");
  sample.diagnostic.range = sample.find("srid");
  sample.diagnostic.label(sample.find("srid", 1, 1), "first set here")
      .label(sample.find("srid", 1, 2), "and here")
      .label(sample.find("x", 1, 1), "near")
      .suggest("remove one");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
 --> roads.hcl:1:1
  |
1 | srid = 1
  | ^^^^
  |
 ::: base.hcl:2:3
  |
1 | x = 0
  | - near
2 |   srid = 2
  |   ---- first set here
  |
 ::: more.hcl:1:1
  |
1 | srid = 3
  | ---- and here
  |
  = help: remove one
)");
}

TEST_CASE("a place in another file makes the gutter as wide as its line number") {
  Sample sample("srid = 1\n");
  sample.files.add("base.hcl", std::string(11, '\n') + "srid = 2\n");
  sample.diagnostic.range = sample.find("srid");
  sample.diagnostic.label(sample.find("srid", 1, 1), "");
  CHECK(sample.human() == R"(error[H0102]: something is wrong
  --> roads.hcl:1:1
   |
 1 | srid = 1
   | ^^^^
   |
  ::: base.hcl:12:1
   |
12 | srid = 2
   | ----
)");
}

TEST_CASE("whatever is printed is made visible first") {
  Sample sample("a\x1B = 1\n", "a\nb\x1B[1m.hcl");
  sample.diagnostic.range = sample.find("1");
  sample.diagnostic.message = "red \x1B[31m\n::error::";
  sample.diagnostic.captioned("cap\x07\u202E").suggest("he\tlp\xFF").label(sample.find("a"), "la\rbel");
  CHECK(sample.human() == R"(error[H0102]: red \u{1b}[31m\u{a}::error::
 --> a\u{a}b\u{1b}[1m.hcl:1:6
  |
1 | a\u{1b} = 1
  | -         ^ cap\u{7}\u{202e}
  | |
  | la\u{d}bel
  |
  = help: he\u{9}lp\xff
)");
}

TEST_CASE("colours follow the severity and end where they began") {
  Sample sample("a = 1\n");
  sample.diagnostic.range = sample.find("a");
  sample.diagnostic.captioned("here").label(sample.find("1"), "there").suggest("do");
  const std::string colored = render_human(sample.diagnostic, sample.files, {.color = true});
  CHECK(colored ==
        "\x1B[1;31merror[H0102]\x1B[0m\x1B[1m: something is wrong\x1B[0m\n"
        " \x1B[1;34m-->\x1B[0m roads.hcl:1:1\n"
        "  \x1B[1;34m|\x1B[0m\n"
        "\x1B[1;34m1\x1B[0m \x1B[1;34m|\x1B[0m a = 1\n"
        "  \x1B[1;34m|\x1B[0m \x1B[1;31m^\x1B[0m   \x1B[1;34m-\x1B[0m \x1B[1;34mthere\x1B[0m\n"
        "  \x1B[1;34m|\x1B[0m \x1B[1;31m|\x1B[0m\n"
        "  \x1B[1;34m|\x1B[0m \x1B[1;31mhere\x1B[0m\n"
        "  \x1B[1;34m|\x1B[0m\n"
        "  \x1B[1;34m=\x1B[0m \x1B[1mhelp:\x1B[0m do\n");
  sample.diagnostic.severity = Severity::warning;
  CHECK(
      render_human(sample.diagnostic, sample.files, {.color = true}).starts_with("\x1B[1;33mwarning[H0102]"));
  sample.diagnostic.severity = Severity::info;
  CHECK(render_human(sample.diagnostic, sample.files, {.color = true}).starts_with("\x1B[1;36minfo[H0102]"));
}

TEST_CASE("without colours a rendering is the same text") {
  Sample sample("list = [\n  1,\n]\nb = 2\n");
  sample.diagnostic.range = sample.find("[\n  1,\n]");
  sample.diagnostic.captioned("here").label(sample.find("b"), "there").suggest("do");
  std::string colored = render_human(sample.diagnostic, sample.files, {.color = true});
  for (std::size_t at = colored.find('\x1B'); at < colored.size(); at = colored.find('\x1B', at)) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  CHECK(colored == sample.human());
}

}  // namespace honua::diagnostics
