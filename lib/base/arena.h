// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "base/huge_pages.h"

namespace honua {

// Memory for many small things that end together. Pieces grow with the need:
// small uses stay small, large ones get huge pages (base/huge_pages.h).
// Nothing is destroyed: only for trivial types.
class Arena {
 public:
  // Throws std::bad_alloc when there is no memory. `alignment` is a power of
  // two up to that of std::max_align_t.
  [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment) {
    const std::size_t begin = (used_ + alignment - 1) & ~(alignment - 1);
    if (begin + size > size_) return allocate_piece(size);
    used_ = begin + size;
    return piece_ + begin;
  }
  // A copy of the text.
  [[nodiscard]] std::string_view keep(std::string_view text);

 private:
  void* allocate_piece(std::size_t size);

  std::vector<OwnedMemory> pieces_;
  std::byte* piece_ = nullptr;  // the last of them
  std::size_t size_ = 0;
  std::size_t used_ = 0;
};

// An arena for standard containers that grow and end together with it: what they give back is kept until
// then.
class ArenaResource : public std::pmr::memory_resource {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text) { return arena_.keep(text); }

 private:
  void* do_allocate(std::size_t size, std::size_t alignment) override {
    return arena_.allocate(size, alignment);
  }
  void do_deallocate(void* /*memory*/, std::size_t /*size*/, std::size_t /*alignment*/) override {}
  [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
    return this == &other;
  }

  Arena arena_;
};

}  // namespace honua
