// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include <algorithm>
#include <new>

#include "base/huge_pages.h"

namespace honua {

namespace {

// The first piece; each following one is twice as large, up to the largest.
constexpr std::size_t first_piece = std::size_t{16} * 1024;
constexpr std::size_t largest_piece = 4 * huge_page_size;

}  // namespace

void* Arena::allocate_piece(std::size_t size) {
  std::size_t wanted = std::max(size, std::min(size_ == 0 ? first_piece : size_ * 2, largest_piece));
  const std::size_t alignment = wanted >= huge_page_size ? huge_page_size : alignof(std::max_align_t);
  wanted = (wanted + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, wanted);
  if (memory == nullptr) throw std::bad_alloc();
  pieces_.emplace_back(static_cast<std::byte*>(memory));
  prefer_huge_pages(memory, wanted);
  piece_ = static_cast<std::byte*>(memory);
  size_ = wanted;
  used_ = size;
  return memory;
}

}  // namespace honua
