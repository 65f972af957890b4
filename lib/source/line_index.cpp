// SPDX-License-Identifier: MIT
#include "source/line_index.h"

#include <algorithm>
#include <cstddef>

namespace honua::source {

namespace {

// Looking through one takes some ten nanoseconds: thousands of findings ask several times each.
constexpr std::size_t chunk_size = 512;

// By pieces whose count fits a byte: compilers turn that into vectors of bytes, which std::count's is not.
std::uint32_t count_feeds(std::string_view text) {
  constexpr std::size_t piece_size = 255;
  std::uint32_t count = 0;
  while (!text.empty()) {
    std::uint8_t in_piece = 0;
    for (const char c : text.substr(0, piece_size))
      in_piece = static_cast<std::uint8_t>(in_piece + (c == '\n' ? 1 : 0));
    count += in_piece;
    text.remove_prefix(std::min(text.size(), piece_size));
  }
  return count;
}

}  // namespace

std::string_view LineIndex::chunk(std::size_t number) const {
  return text_.substr(std::min(number * chunk_size, text_.size()), chunk_size);
}

bool LineIndex::count_chunk() const {
  const std::string_view next = chunk(before_.size() - 1);
  if (next.empty()) return false;
  before_.push_back(before_.back() + count_feeds(next));
  return true;
}

std::uint32_t LineIndex::feeds_before(std::uint32_t byte) const {
  const std::size_t number = byte / chunk_size;
  while (before_.size() <= number && count_chunk()) {
  }
  return before_[number] + count_feeds(chunk(number).substr(0, byte % chunk_size));
}

std::optional<std::uint32_t> LineIndex::behind_feed(std::uint32_t number) const {
  while (before_.back() < number) {
    if (!count_chunk()) return std::nullopt;
  }
  const auto behind = std::lower_bound(before_.begin(), before_.end(), number);
  const std::size_t first = static_cast<std::size_t>(behind - before_.begin()) - 1;
  const std::string_view text = chunk(first);
  std::size_t at = 0;
  for (std::uint32_t left = number - before_[first]; left > 0; --left) at = text.find('\n', at) + 1;
  return static_cast<std::uint32_t>(first * chunk_size + at);
}

}  // namespace honua::source
