// SPDX-License-Identifier: MIT
#include "diagnostics/line_hash.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

constexpr std::size_t window_size = 100;
constexpr std::uint64_t base = 37;
constexpr std::uint32_t end_unit = 65535;

// What the unit that leaves the window counts for.
constexpr std::uint64_t factor_of_oldest() {
  std::uint64_t factor = 1;
  for (std::size_t i = 0; i < window_size; ++i) factor *= base;
  return factor;
}

// A line with its hash, and the bytes that its units come from.
struct HashedLine {
  std::uint32_t number = 0;
  std::uint64_t hash = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// A window that moves over a text's units. Calls `found` for each line whose window is full, in order; that
// returns false when it has seen enough.
template <class Found>
class HashWindow {
 public:
  explicit HashWindow(const Found& found) : found_(found) {}

  void run(std::string_view text) {
    for (std::uint32_t at = 0; at < text.size() && wants_more_;) {
      const text::CodePoint point = text::decode(text, at);
      take(point, at);
      at += point.size;
    }
    const auto end = static_cast<std::uint32_t>(text.size());
    take_unit(end_unit, end);
    for (std::size_t i = 0; i < window_size; ++i) push(0, end);
  }

 private:
  struct Slot {
    std::uint32_t unit = 0;
    std::uint32_t line = 0;  // that starts with the unit; 0 for none
    std::uint32_t byte = 0;
  };

  void take(text::CodePoint point, std::uint32_t byte) {
    constexpr std::uint32_t replacement = 0xFFFD;
    constexpr std::uint32_t first_of_two_units = 0x10000;
    const std::uint32_t value = point.valid ? static_cast<std::uint32_t>(point.value) : replacement;
    if (value < first_of_two_units) return take_unit(value, byte);
    take_unit(0xD800U + ((value - first_of_two_units) >> 10U), byte);
    take_unit(0xDC00U + ((value - first_of_two_units) & 0x3FFU), byte);
  }

  void take_unit(std::uint32_t unit, std::uint32_t byte) {
    const bool is_skipped = unit == ' ' || unit == '\t' || (unit == '\n' && behind_cr_);
    behind_cr_ = unit == '\r';
    if (!is_skipped) push(behind_cr_ ? '\n' : unit, byte, true);
  }

  // Puts a unit in place of the oldest, which may be the start of a line: then the window holds all of it.
  void push(std::uint32_t unit, std::uint32_t byte, bool is_of_text = false) {
    Slot& slot = window_[next_];
    if (slot.line > 0 && wants_more_) wants_more_ = found_(HashedLine{slot.line, hash_, slot.byte, byte});
    hash_ = hash_ * base + unit - factor_of_oldest() * slot.unit;
    slot = {unit, is_of_text && at_line_start_ ? ++lines_ : 0, byte};
    at_line_start_ = unit == '\n';
    next_ = (next_ + 1) % window_size;
  }

  const Found& found_;
  std::array<Slot, window_size> window_{};
  std::size_t next_ = 0;
  std::uint64_t hash_ = 0;
  std::uint32_t lines_ = 0;
  bool at_line_start_ = true;
  bool behind_cr_ = false;
  bool wants_more_ = true;
};

template <class Found>
void hash_lines(std::string_view text, const Found& found) {
  HashWindow<Found>(found).run(text);
}

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 16> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr};
}

}  // namespace

std::map<std::uint32_t, std::string> line_hashes(const source::SourceFile& file,
                                                 const std::set<std::uint32_t>& lines) {
  std::map<std::uint32_t, std::string> named;
  if (lines.empty()) return named;
  const std::uint32_t last = *lines.rbegin();
  // Counting every line's hash would take many times the file's memory: first find out which ones count.
  std::unordered_map<std::uint64_t, std::size_t> counts;
  hash_lines(file.text(), [&](const HashedLine& line) {
    if (lines.contains(line.number)) counts[line.hash] = 0;
    return line.number < last;
  });
  hash_lines(file.text(), [&](const HashedLine& line) {
    const auto count = counts.find(line.hash);
    if (count == counts.end()) return line.number < last;
    ++count->second;
    if (lines.contains(line.number) && !file.holds_secret({file.id(), line.begin, line.end}))
      named.emplace(line.number, hexadecimal(line.hash) + ":" + std::to_string(count->second));
    return line.number < last;
  });
  return named;
}

}  // namespace honua::diagnostics
