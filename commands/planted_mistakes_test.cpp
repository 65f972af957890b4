// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "base/file_system.h"
#include "cli/testing.h"

namespace honua::commands {

namespace {

using Place = std::pair<std::size_t, std::string>;  // line, code

// The comment `# H1234, H2345` behind each mistake.
std::set<Place> planted_in(const std::string& text) {
  std::set<Place> places;
  std::istringstream in(text);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    for (std::size_t at = line.find("# H"); at != std::string::npos && at + 5 <= line.size();
         at = line.find('H', at + 1)) {
      const std::size_t begin = line.find('H', at);
      if (begin == std::string::npos) break;
      const std::string code = line.substr(begin, 5);
      const bool digits = code.size() == 5 && std::all_of(code.begin() + 1, code.end(),
                                                          [](char c) { return c >= '0' && c <= '9'; });
      if (digits) places.insert({number, code});
      at = begin;
    }
  }
  return places;
}

// `NAME:LINE:COLUMN: severity[CODE slug]: ...` in each line.
std::set<Place> found_in(const std::string& report) {
  std::set<Place> places;
  std::istringstream in(report);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    const std::size_t bracket = line.find('[');
    if (colon == std::string::npos || bracket == std::string::npos) continue;
    places.insert({std::stoul(line.substr(colon + 1)), line.substr(bracket + 1, 5)});
  }
  return places;
}

}  // namespace

TEST_CASE("fifty mistakes of different kinds are all found at their places in one run, and nothing else") {
  const auto text = RealFileSystem().read_file(HONUA_SOURCE_DIR "/testdata/validate/fail-fifty-mistakes.hcl",
                                               std::size_t{1} << 20);
  REQUIRE(text.has_value());
  cli::TestWorld world;
  world.files.add("a.hcl", text->to_string());
  const std::set<Place> planted = planted_in(text->to_string());
  std::set<std::string> kinds;
  for (const Place& place : planted) kinds.insert(place.second);
  CHECK(kinds.size() >= 50);
  const std::set<Place> found =
      found_in(cli::run_in(world, {"validate", "--format", "concise", "a.hcl"}).out);
  for (const Place& place : planted) {
    CAPTURE(place.first);
    CAPTURE(place.second);
    CHECK(found.contains(place));
  }
  for (const Place& place : found) {
    CAPTURE(place.first);
    CAPTURE(place.second);
    CHECK(planted.contains(place));
  }
}

}  // namespace honua::commands
