// SPDX-License-Identifier: MIT
#include "text/suggest.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "text/unicode.h"

namespace honua::text {

namespace {

// A word's characters in lower case.
struct Word {
  std::array<char32_t, max_suggested_length> characters{};
  std::size_t size = 0;
};

// Nothing when the word is too long.
std::optional<Word> fold(std::string_view text) {
  constexpr std::size_t longest_character = 4;  // bytes
  if (text.size() > max_suggested_length * longest_character) return std::nullopt;
  const std::string lower = to_lower(text);
  Word word;
  for (std::size_t at = 0; at < lower.size();) {
    if (word.size == max_suggested_length) return std::nullopt;
    const CodePoint point = decode(lower, at);
    constexpr char32_t replacement = 0xFFFD;
    word.characters[word.size++] = point.valid ? point.value : replacement;
    at += point.size;
  }
  return word;
}

// Optimal string alignment with three rows of the matrix: row i holds the
// distances between the first i characters of `a` and every prefix of `b`.
std::size_t distance(const Word& a, const Word& b) {
  using Row = std::array<std::size_t, max_suggested_length + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size; ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size; ++j) {
      const bool same = a.characters[i - 1] == b.characters[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      if (i > 1 && j > 1 && a.characters[i - 1] == b.characters[j - 2] &&
          a.characters[i - 2] == b.characters[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    last = row;
  }
  return last[b.size];
}

// The largest distance that still is a slip, not another word: at least one
// step, but never as many as would replace the whole word.
std::size_t allowed_distance(const Word& a, const Word& b) {
  const auto [shorter, longer] = std::minmax(a.size, b.size);
  return shorter == 0 ? 0 : std::min(std::max<std::size_t>(longer / 3, 1), shorter - 1);
}

}  // namespace

std::optional<std::string_view> suggest(std::string_view given,
                                        std::span<const std::string_view> candidates) {
  const std::optional<Word> word = fold(given);
  if (!word || word->size == 0) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    if (candidate == given) continue;
    const std::optional<Word> other = fold(candidate);
    if (!other) continue;
    const std::size_t found = distance(*word, *other);
    if (found > allowed_distance(*word, *other) || (best && found >= best_distance)) continue;
    best = candidate;
    best_distance = found;
  }
  return best;
}

}  // namespace honua::text
