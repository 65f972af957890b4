// SPDX-License-Identifier: MIT
#include "diagnostics/render_row.h"

#include <algorithm>

namespace honua::diagnostics {

namespace {

// "Select Graphic Rendition" sequences of ECMA-48: bold, some with a colour.
std::string_view start_of(Style style, Severity severity) {
  switch (style) {
    case Style::plain: return "";
    case Style::strong: return "\x1B[1m";
    case Style::secondary: return "\x1B[1;34m";
    case Style::primary: break;
  }
  switch (severity) {
    case Severity::error: return "\x1B[1;31m";
    case Severity::warning: return "\x1B[1;33m";
    case Severity::info: return "\x1B[1;36m";
  }
  return "";
}

constexpr std::string_view reset = "\x1B[0m";

}  // namespace

void Row::put(Style style, std::string_view text, std::size_t width) {
  if (text.empty()) return;
  write_spaces();
  const bool styled = palette_.color && style != Style::plain;
  if (styled) text_ += start_of(style, palette_.severity);
  text_ += text;
  if (styled) text_ += reset;
  written_ += width;
  width_ = written_;
}

void Row::pad_to(std::size_t column) { width_ = std::max(width_, column); }

void Row::append(const Row& other) {
  if (!other.text_.empty()) {
    write_spaces();
    text_ += other.text_;
    written_ += other.written_;
  }
  width_ += other.width_;
}

void Row::write_spaces() {
  text_.append(width_ - written_, ' ');
  written_ = width_;
}

}  // namespace honua::diagnostics
