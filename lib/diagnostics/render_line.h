// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "source/source_file.h"

namespace honua::diagnostics {

// Wider lines are cut around the place of interest: what is longer wraps on
// most terminals, and then the marks point nowhere.
inline constexpr std::size_t max_excerpt_width = 120;

// How many bytes of a line to each side of the place of interest are looked at:
// enough for any line people write, little work for a file that is one line.
inline constexpr std::uint32_t excerpt_reach = 1024;

// Tabs are shown as this many spaces, wherever they stand.
inline constexpr std::size_t tab_width = 4;

// Terminal columns, from 0, half-open: [begin, end).
struct Columns {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A source line as it is shown: tabs expanded, everything hazardous escaped,
// cut with `…` when it is long. Knows where each byte of the line went.
class ExcerptLine {
 public:
  // `focus` is the byte that must stay visible, anywhere on the line.
  ExcerptLine(const source::SourceFile& file, std::uint32_t line, std::uint32_t focus);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  // The cells that a range of bytes covers, at least one. What was cut off lies
  // in the cell of the `…`; a line end in the cell behind the last character.
  [[nodiscard]] Columns columns(std::uint32_t begin, std::uint32_t end) const;
  // Whether only blanks stand before a byte, and nothing was cut off there.
  [[nodiscard]] bool is_first(std::uint32_t byte) const;

 private:
  // A grapheme cluster.
  struct Cell {
    std::uint32_t begin;  // byte
    std::size_t column;
    std::string shown;
    std::size_t width;
    bool blank;
  };

  void lay_out(const source::SourceFile& file, std::uint32_t begin, std::uint32_t end);
  void cut(std::uint32_t focus, bool left_out_before, bool left_out_behind);
  void join();
  [[nodiscard]] const Cell* cell_of(std::uint32_t byte) const;

  std::vector<Cell> cells_;
  std::string text_;
  std::size_t width_ = 0;
  std::uint32_t end_ = 0;  // the byte behind the last cell
  bool cut_left_ = false;
};

}  // namespace honua::diagnostics
