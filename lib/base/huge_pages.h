// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>

namespace honua {

// The size of a huge page on the machines we run on (x86-64, arm64 with 4 KiB pages).
inline constexpr std::size_t huge_page_size = std::size_t{2} << 20U;

// Asks the system to back large memory that is about to be filled with huge
// pages: touching a large block for the first time costs a fault for each page
// of it, which otherwise is as much work as parsing what lies in it. Changes
// nothing about the content; does nothing where no whole huge page fits in or
// where the system has none.
void prefer_huge_pages(void* begin, std::size_t size);

struct FreeMemory {
  void operator()(std::byte* memory) const noexcept;
};
using OwnedMemory = std::unique_ptr<std::byte, FreeMemory>;

// Memory for objects of any kind, left as it is: of huge pages where at least
// one fits in. Throws std::bad_alloc.
[[nodiscard]] OwnedMemory allocate_memory(std::size_t size);

}  // namespace honua
