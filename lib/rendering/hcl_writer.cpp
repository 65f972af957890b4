// SPDX-License-Identifier: MIT
#include "rendering/hcl_writer.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "rendering/quoted_text.h"
#include "text/ascii.h"
#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::rendering {

void HclWriter::comment(std::string_view text) { line("# " + text::printable(text)); }

void HclWriter::attribute(std::string_view name, std::string_view value) {
  const bool is_ascii = text::ascii_end(name, 0) == name.size();
  const std::size_t columns = is_ascii ? name.size() : text::count_graphemes(name);
  waiting_.push_back({names_and_values_.size(), names_and_values_.size() + name.size(), columns});
  names_and_values_.append(name).append(value);
}

void HclWriter::text(std::string_view name, std::string_view value) { attribute(name, quoted_text(value)); }

void HclWriter::open(std::string_view header) {
  end_alignment();
  indent();
  text_.append(header).append(" {\n");
  ++depth_;
}

void HclWriter::close() {
  end_alignment();
  HONUA_ASSERT(depth_ > 0);
  --depth_;
  indent();
  text_ += "}\n";
}

void HclWriter::gap() {
  end_alignment();
  text_ += '\n';
}

void HclWriter::line(std::string_view comment) {
  end_alignment();
  indent();
  text_.append(comment).append("\n");
}

void HclWriter::lines(std::string_view lines) {
  end_alignment();
  text_.append(lines);
}

void HclWriter::commented_out(std::string_view code) {
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t end = code.find('\n', at);
    line("# " + std::string(code.substr(at, end - at)));
    at = end + 1;
  }
}

void HclWriter::end_alignment() {
  std::size_t widest = 0;
  for (const Waiting& one : waiting_) widest = std::max(widest, one.columns);
  for (std::size_t number = 0; number < waiting_.size(); ++number) {
    const Waiting& one = waiting_[number];
    const std::size_t end =
        number + 1 < waiting_.size() ? waiting_[number + 1].begin : names_and_values_.size();
    indent();
    text_.append(names_and_values_, one.begin, one.value - one.begin).append(widest - one.columns, ' ');
    text_.append(" = ").append(names_and_values_, one.value, end - one.value).append("\n");
  }
  waiting_.clear();
  names_and_values_.clear();
}

std::string HclWriter::take_copy() {
  end_alignment();
  std::string copy = text_;
  text_.clear();
  return copy;
}

std::string HclWriter::take() && {
  end_alignment();
  return std::move(text_);
}

}  // namespace honua::rendering
