// SPDX-License-Identifier: MIT
#include "base/huge_pages.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace honua {

void prefer_huge_pages(void* begin, std::size_t size) {
  void* aligned = begin;
  std::size_t left = size;
  if (std::align(huge_page_size, huge_page_size, aligned, left) == nullptr) return;
  // Advice only: systems without huge pages refuse it, which costs nothing.
  (void)::madvise(aligned, left / huge_page_size * huge_page_size, MADV_HUGEPAGE);
}

// NOLINTBEGIN(cppcoreguidelines-no-malloc, cppcoreguidelines-owning-memory): the one place where memory comes
// from.
void FreeMemory::operator()(std::byte* memory) const noexcept { std::free(memory); }

OwnedMemory allocate_memory(std::size_t size) {
  const std::size_t alignment = size >= huge_page_size ? huge_page_size : alignof(std::max_align_t);
  const std::size_t whole = std::max(size + alignment - 1, alignment) / alignment * alignment;
  OwnedMemory memory(static_cast<std::byte*>(std::aligned_alloc(alignment, whole)));
  if (memory == nullptr) throw std::bad_alloc();
  prefer_huge_pages(memory.get(), whole);
  return memory;
}
// NOLINTEND(cppcoreguidelines-no-malloc, cppcoreguidelines-owning-memory)

}  // namespace honua
