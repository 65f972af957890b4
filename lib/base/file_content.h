// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/huge_pages.h"

namespace honua {

// The bytes of a file, of megabytes maybe. Unlike a std::string it is not
// cleared before it is filled, and large ones lie in huge pages as a whole.
// Moving it leaves views into it valid.
class FileContent {
 public:
  FileContent() = default;
  FileContent(const FileContent&) = delete;
  FileContent& operator=(const FileContent&) = delete;
  FileContent(FileContent&& other) noexcept
      : memory_(std::move(other.memory_)),
        capacity_(std::exchange(other.capacity_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  FileContent& operator=(FileContent&& other) noexcept {
    memory_ = std::move(other.memory_);
    capacity_ = std::exchange(other.capacity_, 0);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~FileContent() = default;
  // A copy. Implicit both ways: texts are contents and contents are texts.
  // NOLINTBEGIN(bugprone-forwarding-reference-overload): the constraint keeps it from hiding others
  template <class Text>
    requires std::convertible_to<const Text&, std::string_view> &&
             (!std::same_as<std::remove_cvref_t<Text>, FileContent>)
  FileContent(Text&& text) {
    append(text);
  }
  [[nodiscard]] operator std::string_view() const { return view(); }
  // NOLINTEND(bugprone-forwarding-reference-overload)
  [[nodiscard]] std::string_view view() const { return {data(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  [[nodiscard]] std::string to_string() const { return std::string(view()); }

  void append(std::string_view text);
  // To fill it: room for more behind what is there, then how much came.
  void reserve(std::size_t capacity);
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] char* end() { return memory_ == nullptr ? nullptr : bytes() + size_; }
  // At most what there is room for.
  void grow(std::size_t count);

  friend bool operator==(const FileContent& a, std::string_view b) { return a.view() == b; }

 private:
  [[nodiscard]] const char* data() const;
  [[nodiscard]] char* bytes();

  OwnedMemory memory_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace honua
