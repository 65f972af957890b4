// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace honua::syntax {

// How far the lines of a file are indented, from what each opens and closes.
class LineIndent {
 public:
  // The blanks in front of the next line, which opens `net` more brackets than
  // it closes. A line that opens several is one level, which ends when all of
  // them are closed.
  [[nodiscard]] std::uint32_t next(int net) {
    while (net < 0 && !open_.empty()) {
      const int closed = net + open_.back() <= 0 ? open_.back() : -net;
      open_.back() -= closed;
      net += closed;
      if (open_.back() == 0) open_.pop_back();
    }
    const auto blanks = static_cast<std::uint32_t>(open_.size() * blanks_per_level);
    if (net > 0) open_.push_back(net);
    return blanks;
  }

 private:
  static constexpr std::size_t blanks_per_level = 2;
  std::vector<int> open_;  // brackets of each line that has left some open, outermost first
};

}  // namespace honua::syntax
