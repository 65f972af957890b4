// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/assert.h"
#include "rendering/quoted_text.h"
#include "syntax/formatter.h"
#include "text/sanitize.h"

namespace honua::rendering {

// Writes lines; the formatter aligns them afterwards.
class HclWriter {
 public:
  void comment(std::string_view text) { line("# " + text::printable(text)); }
  void attribute(std::string_view name, std::string_view value) {
    line(std::string(name) + " = " + std::string(value));
  }
  void text(std::string_view name, std::string_view value) { attribute(name, quoted_text(value)); }
  void open(const std::string& header) { line(header + " {"); }
  void close() { line("}"); }
  void gap() { text_ += '\n'; }
  void line(std::string_view line) { text_.append(line).append("\n"); }
  // Whole lines.
  void lines(std::string_view lines) { text_.append(lines); }
  // Code that does not count.
  void commented_out(std::string_view code) {
    for (std::size_t at = 0; at < code.size();) {
      const std::size_t end = code.find('\n', at);
      line("# " + std::string(code.substr(at, end - at)));
      at = end + 1;
    }
  }
  // As it was written: for another writer.
  [[nodiscard]] std::string take_unformatted() && { return std::move(text_); }
  // In canonical style.
  [[nodiscard]] std::string take() && {
    auto formatted = syntax::format(text_);
    HONUA_ASSERT(formatted.has_value());
    return *std::move(formatted);
  }

 private:
  std::string text_;
};

}  // namespace honua::rendering
