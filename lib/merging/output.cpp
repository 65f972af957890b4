// SPDX-License-Identifier: MIT
#include "merging/output.h"

#include <algorithm>
#include <cstdint>

namespace honua::merging {

void Output::write_marker(char sign, std::string_view label, std::size_t size) {
  end_line();
  text_.append(size, sign);
  if (!label.empty()) text_ += ' ';
  text_ += label;
  text_ += '\n';
}

Merged Output::take() {
  Merged merged;
  std::uint32_t line = 1;
  std::size_t counted = 0;
  for (PlacedConflict& one : conflicts_) {
    const auto between = std::string_view(text_).substr(counted, one.offset - counted);
    line += static_cast<std::uint32_t>(std::ranges::count(between, '\n'));
    counted = one.offset;
    one.conflict.line = line;
    merged.conflicts.push_back(std::move(one.conflict));
  }
  merged.text = std::move(text_);
  return merged;
}

}  // namespace honua::merging
