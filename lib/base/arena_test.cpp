// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include <bit>
#include <cstdint>
#include <cstring>

#include <doctest/doctest.h>

#include "base/huge_pages.h"

namespace honua {

TEST_CASE("an arena gives aligned memory that does not overlap") {
  Arena arena;
  std::uintptr_t last_end = 0;
  for (std::size_t i = 1; i < 5000; ++i) {
    const std::size_t alignment = std::size_t{1} << (i % 5);
    auto* memory = static_cast<unsigned char*>(arena.allocate(i % 97, alignment));
    const auto begin = std::bit_cast<std::uintptr_t>(memory);
    CHECK(begin % alignment == 0);
    const bool follows = begin >= last_end || begin + i % 97 <= last_end;
    CHECK(follows);
    std::memset(memory, 0xAB, i % 97);
    last_end = begin + i % 97;
  }
}

TEST_CASE("an arena gives pieces larger than any it would take by itself") {
  Arena arena;
  const std::size_t size = 9 * huge_page_size + 1;
  std::memset(arena.allocate(size, 8), 1, size);
  std::memset(arena.allocate(8, 8), 2, 8);
}

}  // namespace honua
