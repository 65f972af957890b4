// SPDX-License-Identifier: MIT
#include "diagnostics/line_hash.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <ostream>
#include <random>
#include <sstream>
#include <vector>

#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

std::map<std::uint32_t, std::string> hashes(const std::string& text, const std::set<std::uint32_t>& lines) {
  const source::SourceFile file(0, "a.hcl", text);
  return line_hashes(file, lines);
}

std::vector<std::uint32_t> units_of(const std::string& text) {
  std::vector<std::uint32_t> units;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::decode(text, at);
    at += point.size;
    const std::uint32_t value = point.valid ? static_cast<std::uint32_t>(point.value) : 0xFFFD;
    if (value > 0xFFFF) units.push_back(0xD800 + ((value - 0x10000) >> 10));
    units.push_back(value > 0xFFFF ? 0xDC00 + ((value - 0x10000) & 0x3FF) : value);
  }
  return units;
}

// What the description says, without a moving window: each line's sum for itself.
std::map<std::uint32_t, std::string> hashes_by_the_book(const std::string& text) {
  std::vector<std::uint32_t> units;
  std::vector<std::size_t> starts;
  bool at_start = true;
  std::uint32_t before = 0;
  for (std::uint32_t unit : units_of(text)) {
    const bool skipped = unit == ' ' || unit == '\t' || (unit == '\n' && before == '\r');
    before = unit;
    if (skipped) continue;
    if (unit == '\r') unit = '\n';
    if (at_start) starts.push_back(units.size());
    at_start = unit == '\n';
    units.push_back(unit);
  }
  if (at_start) starts.push_back(units.size());
  units.push_back(65535);
  units.resize(units.size() + 100, 0);
  std::map<std::uint32_t, std::string> result;
  std::map<std::uint64_t, int> counts;
  for (std::size_t line = 0; line < starts.size(); ++line) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < 100; ++i) hash = hash * 37 + units[starts[line] + i];
    std::ostringstream named;
    named << std::hex << hash << std::dec << ':' << ++counts[hash];
    result[static_cast<std::uint32_t>(line) + 1] = named.str();
  }
  return result;
}

std::set<std::uint32_t> up_to(std::uint32_t last) {
  std::set<std::uint32_t> lines;
  for (std::uint32_t line = 1; line <= last; ++line) lines.insert(line);
  return lines;
}

}  // namespace

TEST_CASE("the hash of an empty file is that of its end") {
  // 65535 times 37 to the power of 99, modulo 2 to the power of 64.
  std::uint64_t expected = 65535;
  for (int i = 0; i < 99; ++i) expected *= 37;
  std::ostringstream named;
  named << std::hex << expected << ":1";
  CHECK(hashes("", {1}) == std::map<std::uint32_t, std::string>{{1, named.str()}});
}

TEST_CASE("blanks, tabs and the kind of line end make no difference") {
  const auto plain = hashes("a = 1\nb = 2\n", up_to(3));
  CHECK(plain.size() == 3);
  CHECK(hashes("a=1\nb=2\n", up_to(3)) == plain);
  CHECK(hashes("  a\t=  1\r\n\tb = 2\r\n", up_to(3)) == plain);
  CHECK(hashes("a = 1\rb = 2\r", up_to(3)) == plain);
  CHECK(hashes("a = 1\n\nb = 2\n", up_to(3)) != plain);
}

TEST_CASE("lines that read alike for a hundred units are counted") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "}\n";
  const auto found = hashes(text, {1, 2, 200, 260});
  CHECK(found.at(1).substr(found.at(1).find(':')) == ":1");
  CHECK(found.at(2).substr(found.at(2).find(':')) == ":2");
  CHECK(found.at(200).substr(found.at(200).find(':')) == ":200");
  CHECK(found.at(260).substr(found.at(260).find(':')) == ":1");
}

TEST_CASE("the moving window gives what each line's sum is by itself") {
  std::mt19937 random(1);
  const std::vector<std::string> pieces = {"a",    "b = 1",        "}",    "\n", "\n", "\r\n", "\r",
                                           " ",    "\t",           "é",    "漢", "😀", "\xFF", "\xE2\x82",
                                           "long", "\xEF\xBB\xBF", "\r \n"};
  for (int run = 0; run < 300; ++run) {
    std::string text;
    for (std::size_t count = random() % 200; count > 0; --count) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    const auto expected = hashes_by_the_book(text);
    CHECK(hashes(text, up_to(static_cast<std::uint32_t>(expected.size()) + 5)) == expected);
    const std::uint32_t one = 1 + static_cast<std::uint32_t>(random() % expected.size());
    CHECK(hashes(text, {one}) == std::map<std::uint32_t, std::string>{{one, expected.at(one)}});
  }
}

TEST_CASE("no hash is made of what looks like a secret") {
  std::string text = "a = 1\n";
  for (int i = 0; i < 30; ++i) text += "# filler\n";
  const std::string secret = "connection = \"Host=db;Password=hunter2\"\n";
  const auto found = hashes(text + secret + text, up_to(40));
  CHECK(found.contains(1));
  CHECK_FALSE(found.contains(32));
  CHECK_FALSE(found.contains(31));  // the secret is among its hundred units too
  CHECK(found.contains(33));
}

TEST_CASE("lines that there are not have no hash") {
  CHECK(hashes("a\n", {}).empty());
  CHECK(hashes("a\n", {7}).empty());
}

}  // namespace honua::diagnostics
