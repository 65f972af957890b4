// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include <algorithm>

namespace honua {

namespace {

// The first piece; each following one is twice as large, up to the largest.
constexpr std::size_t first_piece = std::size_t{16} * 1024;
constexpr std::size_t largest_piece = 4 * huge_page_size;

}  // namespace

std::string_view Arena::keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

void* Arena::allocate_piece(std::size_t size) {
  size_ = std::max(size, std::min(size_ == 0 ? first_piece : size_ * 2, largest_piece));
  pieces_.push_back(allocate_memory(size_));
  piece_ = pieces_.back().get();
  used_ = size;
  return piece_;
}

}  // namespace honua
