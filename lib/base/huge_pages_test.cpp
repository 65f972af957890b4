// SPDX-License-Identifier: MIT
#include "base/huge_pages.h"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

namespace honua {

TEST_CASE("preferring huge pages leaves the memory's content alone") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, huge_page_size, 3 * huge_page_size + 1}) {
    std::vector<char> memory(size, 'x');
    prefer_huge_pages(memory.data(), memory.size());
    CHECK(std::count(memory.begin(), memory.end(), 'x') == static_cast<std::ptrdiff_t>(size));
  }
}

}  // namespace honua
