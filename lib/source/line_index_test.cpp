// SPDX-License-Identifier: MIT
#include "source/line_index.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace honua::source {

TEST_CASE("line feeds are found in texts of all sizes around a chunk's") {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 8192U, 12345U}) {
    for (const std::size_t distance : {1U, 7U, 4096U, 5000U}) {
      CAPTURE(size);
      CAPTURE(distance);
      std::string text(size, 'x');
      std::vector<std::uint32_t> behind;
      for (std::size_t at = distance - 1; at < size; at += distance) {
        text[at] = '\n';
        behind.push_back(static_cast<std::uint32_t>(at + 1));
      }
      const LineIndex index(text);
      for (std::size_t i = 0; i < behind.size(); ++i) {
        const auto number = static_cast<std::uint32_t>(i + 1);
        CHECK(index.behind_feed(number) == behind[i]);
        CHECK(index.feeds_before(behind[i]) == number);
        CHECK(index.feeds_before(behind[i] - 1) == number - 1);
      }
      CHECK(index.behind_feed(static_cast<std::uint32_t>(behind.size()) + 1) == std::nullopt);
      CHECK(index.feeds_before(static_cast<std::uint32_t>(size)) == behind.size());
    }
  }
}

TEST_CASE("lines can be asked for in any order") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "line\n";
  const LineIndex index(text);
  CHECK(index.behind_feed(3000) == 15000);
  CHECK(index.behind_feed(1) == 5);
  CHECK(index.feeds_before(7) == 1);
  const LineIndex other(text);
  CHECK(other.feeds_before(12) == 2);
  CHECK(other.behind_feed(2999) == 14995);
}

}  // namespace honua::source
