// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "diagnostics/diagnostic.h"

// The parts of the human renderer share this header; nobody else needs it.
namespace honua::diagnostics {

enum class Style : std::uint8_t {
  plain,
  strong,     // messages
  primary,    // the place at fault: in the severity's colour
  secondary,  // gutter, labels
};

// What styles look like in one rendering.
struct Palette {
  Severity severity = Severity::error;
  bool color = false;  // whether to write ANSI escape sequences at all
};

// One line of output under construction, measured in terminal cells.
class Row {
 public:
  explicit Row(Palette palette) : palette_(palette) {}

  // Text that takes `width` cells. It must be safe to print.
  void put(Style style, std::string_view text, std::size_t width);
  // ASCII text.
  void put(Style style, std::string_view text) { put(style, text, text.size()); }
  // Fills with spaces up to a column, counted from 0.
  void pad_to(std::size_t column);
  void append(const Row& other);

  [[nodiscard]] std::size_t width() const { return width_; }
  // The line with its end and without trailing spaces.
  [[nodiscard]] std::string line() const { return text_ + "\n"; }

 private:
  void write_spaces();

  Palette palette_;
  std::string text_;
  std::size_t written_ = 0;  // cells in text_
  std::size_t width_ = 0;    // with the spaces to come
};

}  // namespace honua::diagnostics
