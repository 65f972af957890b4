// SPDX-License-Identifier: MIT
#include "base/huge_pages.h"

#include <sys/mman.h>

#include <memory>

namespace honua {

void prefer_huge_pages(void* begin, std::size_t size) {
  void* aligned = begin;
  std::size_t left = size;
  if (std::align(huge_page_size, huge_page_size, aligned, left) == nullptr) return;
  // Advice only: systems without huge pages refuse it, which costs nothing.
  (void)::madvise(aligned, left / huge_page_size * huge_page_size, MADV_HUGEPAGE);
}

}  // namespace honua
