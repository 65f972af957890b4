// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace honua::source {

// Where the lines of a text are. Keeps the number of line feeds before each of
// its chunks, not the start of each line: a hundredth of the text instead of
// a tenth. Counted on demand and only as far as asked for: a finding near the
// top of a large file costs nothing. The text must outlive it.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text) : text_(text) {}

  // How many line feeds stand before a byte.
  [[nodiscard]] std::uint32_t feeds_before(std::uint32_t byte) const;
  // The byte behind a line feed, counted from 1; nothing if there are fewer.
  [[nodiscard]] std::optional<std::uint32_t> behind_feed(std::uint32_t number) const;

 private:
  [[nodiscard]] std::string_view chunk(std::size_t number) const;
  // Counts one chunk more; false when there is none.
  bool count_chunk() const;

  std::string_view text_;
  mutable std::vector<std::uint32_t> before_ = {0};  // of each chunk counted so far and the next
};

}  // namespace honua::source
