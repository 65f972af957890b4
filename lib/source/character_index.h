// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace honua::source {

// How many characters of a text are in front of a byte. A malformed sequence counts as one, which is what
// readers make of it that put U+FFFD in its place.
struct CharacterCount {
  std::uint32_t code_points = 0;
  std::uint32_t utf16_units = 0;

  friend bool operator==(const CharacterCount&, const CharacterCount&) = default;
};

// Counts characters. Like LineIndex it keeps sums for pieces of the text, on demand and only as far as asked
// for: many questions about one very long line cost little more than one. The text must outlive it.
class CharacterIndex {
 public:
  explicit CharacterIndex(std::string_view text) : text_(text) {}

  // A character that the byte lies in counts.
  [[nodiscard]] CharacterCount before(std::uint32_t byte) const;

 private:
  struct Checkpoint {
    std::uint32_t byte = 0;  // where a character starts
    CharacterCount count;
  };
  // The start of the first character at or behind a byte, counted from a checkpoint in front of it.
  [[nodiscard]] Checkpoint advance(Checkpoint from, std::uint32_t byte) const;

  std::string_view text_;
  mutable std::vector<Checkpoint> checkpoints_ = {{}};
};

}  // namespace honua::source
