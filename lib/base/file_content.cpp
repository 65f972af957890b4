// SPDX-License-Identifier: MIT
#include "base/file_content.h"

#include <algorithm>

#include "base/assert.h"

namespace honua {

void FileContent::append(std::string_view text) {
  if (text.empty()) return;
  reserve(size_ + text.size());
  std::copy(text.begin(), text.end(), end());
  size_ += text.size();
}

void FileContent::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return;
  OwnedMemory larger = allocate_memory(capacity);
  if (size_ > 0) std::copy_n(memory_.get(), size_, larger.get());
  memory_ = std::move(larger);
  capacity_ = capacity;
}

void FileContent::grow(std::size_t count) {
  HONUA_ASSERT(count <= capacity_ - size_);
  size_ += count;
}

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters here.
const char* FileContent::data() const { return reinterpret_cast<const char*>(memory_.get()); }
char* FileContent::bytes() { return reinterpret_cast<char*>(memory_.get()); }
// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)

}  // namespace honua
