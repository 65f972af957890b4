// SPDX-License-Identifier: MIT
#include "diagnostics/render_line.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "diagnostics/render_for_test.h"
#include "text/unicode.h"

namespace honua::diagnostics {

TEST_CASE("a tab takes four columns wherever it stands") {
  CHECK(excerpt_at("\tsrid =\t4326\n", "srid", "here") == R"(
  |
1 |     srid =    4326
  |     ^^^^ here
)");
  CHECK(excerpt_at("\t\tsrid =\t4326\n", "4326", "here") == R"(
  |
1 |         srid =    4326
  |                   ^^^^ here
)");
  CHECK(excerpt_at("a =\t1\n", "\t") == R"(
  |
1 | a =    1
  |    ^^^^
)");
}

TEST_CASE("wide characters take two columns") {
  CHECK(excerpt_at("name = \"道路\" x\n", "道路") == R"(
  |
1 | name = "道路" x
  |         ^^^^
)");
  CHECK(excerpt_at("name = \"道路\" x\n", "x") == R"(
  |
1 | name = "道路" x
  |               ^
)");
}

TEST_CASE("a family emoji is one character of two columns") {
  const std::string text = "a = \"👩\u200D👩\u200D👧\u200D👦\" b\n";
  CHECK(excerpt_at(text, "b") == "\n  |\n1 | " + text + "  |          ^\n");
  CHECK(excerpt_at(text, "👩\u200D👩\u200D👧\u200D👦") == "\n  |\n1 | " + text + "  |      ^^\n");
  Sample sample(text);
  sample.diagnostic.range = sample.find("b");
  CHECK(sample.human().find(" --> roads.hcl:1:9\n") != std::string::npos);
}

TEST_CASE("a combining accent takes no column") {
  const std::string text = "a = \"cafe\u0301s\" b\n";
  CHECK(excerpt_at(text, "b") == "\n  |\n1 | " + text + "  |             ^\n");
  CHECK(excerpt_at(text, "cafe\u0301") == "\n  |\n1 | " + text + "  |      ^^^^\n");
}

TEST_CASE("a range that starts or ends inside a character marks all of it") {
  const std::string text = "a = \"é道\" b\n";
  const auto at = static_cast<std::uint32_t>(text.find("é"));
  CHECK(excerpt(text, at + 1, at + 3) == "\n  |\n1 | " + text + "  |      ^^^\n");
}

TEST_CASE("a carriage return of a line end is not shown") {
  CHECK(excerpt_at("a = 1\r\nbad\r\nc = 2\r\n", "bad") == "\n  |\n2 | bad\n  | ^^^\n");
  CHECK(excerpt("a = 1\r\nb = 2\r\n", 5, 7) == "\n  |\n1 | a = 1\n  |      ^\n");
}

TEST_CASE("a carriage return elsewhere is made visible") {
  CHECK(excerpt_at("a = \r1\n", "1") == "\n  |\n1 | a = \\u{d}1\n  |          ^\n");
}

TEST_CASE("a byte order mark at the start is not shown") {
  CHECK(excerpt_at("\xEF\xBB\xBF"
                   "a = 1\n",
                   "a") == "\n  |\n1 | a = 1\n  | ^\n");
  CHECK(excerpt("\xEF\xBB\xBF"
                "a = 1\n",
                0, 3) == "\n  |\n1 | a = 1\n  | ^\n");
  CHECK(excerpt_at("a = \xEF\xBB\xBF 1\n", "1") == "\n  |\n1 | a = \\u{feff} 1\n  |              ^\n");
}

TEST_CASE("a line end alone is marked behind the last character") {
  CHECK(excerpt("a = \nb = 2\n", 4, 5) == "\n  |\n1 | a =\n  |     ^\n");
  CHECK(excerpt("a = 1\nb = 2\n", 4, 6) == "\n  |\n1 | a = 1\n  |     ^\n");
}

TEST_CASE("an empty range is one caret") {
  CHECK(excerpt("a = 12\n", 4, 4, "here") == "\n  |\n1 | a = 12\n  |     ^ here\n");
  CHECK(excerpt("道路\n", 0, 0) == "\n  |\n1 | 道路\n  | ^\n");
}

TEST_CASE("the end of the file is one caret") {
  CHECK(excerpt("a = {", 5, 5) == "\n  |\n1 | a = {\n  |      ^\n");
  CHECK(excerpt("a = {\n", 6, 6) == "\n  |\n2 |\n  | ^\n");
  CHECK(excerpt("", 0, 0) == "\n  |\n1 |\n  | ^\n");
  CHECK(excerpt("\xEF\xBB\xBF", 0, 3) == "\n  |\n1 |\n  | ^\n");
}

TEST_CASE("a range beyond the file marks its end") {
  CHECK(excerpt("a = 1", 50, 60) == "\n  |\n1 | a = 1\n  |      ^\n");
  CHECK(excerpt("a = 1", 4, 60) == "\n  |\n1 | a = 1\n  |     ^\n");
}

TEST_CASE("controls, overrides and malformed bytes are shown escaped and marked whole") {
  CHECK(excerpt_at("a = \x1B[31m\n", "\x1B") == "\n  |\n1 | a = \\u{1b}[31m\n  |     ^^^^^^\n");
  CHECK(excerpt_at("a = \u202Ex\n", "x") == "\n  |\n1 | a = \\u{202e}x\n  |             ^\n");
  CHECK(excerpt_at("a = \xFF\xFE\n", "\xFE") == "\n  |\n1 | a = \\xff\\xfe\n  |         ^^^^\n");
  CHECK(excerpt("a = \x01\n", 4, 4) == "\n  |\n1 | a = \\u{1}\n  |     ^\n");
}

TEST_CASE("a long line is cut around the place at fault") {
  const std::string before(300, 'x');
  const std::string behind(300, 'y');
  const std::string text = before + "bad" + behind + "\n";
  const std::string middle = "…" + std::string(29, 'x') + "bad" + std::string(86, 'y') + "…";
  CHECK(text::display_width(middle) == max_excerpt_width);
  CHECK(excerpt_at(text, "bad", "here") ==
        "\n  |\n1 | " + middle + "\n  | " + std::string(30, ' ') + "^^^ here\n");
}

TEST_CASE("a long line is cut on one side near its ends") {
  const std::string text = "bad" + std::string(200, 'y') + "end\n";
  const std::size_t kept = max_excerpt_width - 4;
  CHECK(excerpt_at(text, "bad") == "\n  |\n1 | bad" + std::string(kept, 'y') + "…\n  | ^^^\n");
  CHECK(excerpt_at(text, "end") ==
        "\n  |\n1 | …" + std::string(kept, 'y') + "end\n  | " + std::string(kept + 1, ' ') + "^^^\n");
  const auto size = static_cast<std::uint32_t>(text.size());
  CHECK(excerpt(text, size - 1, size) ==
        "\n  |\n1 | …" + std::string(kept, 'y') + "end\n  | " + std::string(kept + 4, ' ') + "^\n");
}

TEST_CASE("a line of just the widest size is not cut") {
  const std::string widest = "bad" + std::string(max_excerpt_width - 3, 'y');
  CHECK(excerpt_at(widest + "\n", "bad") == "\n  |\n1 | " + widest + "\n  | ^^^\n");
}

TEST_CASE("marks that were cut off lie under the ellipsis") {
  Sample sample("first" + std::string(300, ' ') + "bad" + std::string(300, 'y') + "last\n");
  sample.diagnostic.range = sample.find("bad");
  sample.diagnostic.label(sample.find("first"), "one").label(sample.find("last"), "two");
  CHECK(sample.human() == "error[H0102]: something is wrong\n --> roads.hcl:1:306\n  |\n1 | …" +
                              std::string(29, ' ') + "bad" + std::string(86, 'y') + "…\n  | -" +
                              std::string(29, ' ') + "^^^" + std::string(86, ' ') +
                              "- two\n  | |\n  | one\n");
}

TEST_CASE("wide characters never make a cut line wider than the limit") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "道";
  const Sample sample(text);
  for (std::uint32_t at = 0; at < text.size(); at += 3) {
    const ExcerptLine line(sample.files.file(0), 1, at);
    CAPTURE(at);
    CHECK(line.width() <= max_excerpt_width);
    CHECK(line.width() == text::display_width(line.text()));
    const Columns marked = line.columns(at, at + 3);
    CHECK(marked.end - marked.begin == 2);
  }
}

TEST_CASE("marks on one long line are shown together when they are near each other") {
  Sample sample(std::string(200, ' ') + "one" + std::string(40, ' ') + "two" + std::string(200, 'z'));
  sample.diagnostic.range = sample.find("two");
  sample.diagnostic.label(sample.find("one"), "");
  CHECK(sample.human().find("---" + std::string(40, ' ') + "^^^\n") != std::string::npos);
}

TEST_CASE("a file of one enormous line is excerpted in bounded time") {
  std::string text(50'000'000, 'x');
  text[25'000'000] = '!';
  const Sample sample(text);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) {
    const ExcerptLine line(sample.files.file(0), 1, 25'000'000);
    CHECK(line.text()[line.columns(25'000'000, 25'000'001).begin + std::string("…").size() - 1] == '!');
  }
  // A thousand passes over the whole line would take minutes.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("a cluster of thousands of marks is cut like anything else") {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += "\u0301";
  const Sample sample(text + "b\n");
  for (const std::uint32_t at : {0U, 1U, 100'000U, 200'000U, 200'001U}) {
    const ExcerptLine line(sample.files.file(0), 1, at);
    CAPTURE(at);
    CHECK(line.text().size() <= std::size_t{2} * excerpt_reach + 10);
    CHECK(text::find_malformed(line.text()) == std::string::npos);
  }
}

}  // namespace honua::diagnostics
