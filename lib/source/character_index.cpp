// SPDX-License-Identifier: MIT
#include "source/character_index.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "text/unicode.h"

namespace honua::source {

namespace {

// In bytes. Counting through one takes about a microsecond; sums for all take a fortieth of the text.
constexpr std::uint32_t checkpoint_step = 512;

constexpr char32_t first_of_two_units = 0x10000;

}  // namespace

CharacterIndex::Checkpoint CharacterIndex::advance(Checkpoint from, std::uint32_t byte) const {
  while (from.byte < byte) {
    const text::CodePoint point = text::decode(text_, from.byte);
    from.byte += point.size;
    from.count.code_points += 1;
    from.count.utf16_units += point.valid && point.value >= first_of_two_units ? 2 : 1;
  }
  return from;
}

CharacterCount CharacterIndex::before(std::uint32_t byte) const {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  while (byte - std::min(byte, checkpoints_.back().byte) >= checkpoint_step)
    checkpoints_.push_back(advance(checkpoints_.back(), checkpoints_.back().byte + checkpoint_step));
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), byte,
                                      [](std::uint32_t at, const Checkpoint& one) { return at < one.byte; });
  return advance(*std::prev(after), byte).count;
}

}  // namespace honua::source
