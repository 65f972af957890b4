// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "merging/merge.h"

namespace honua::merging {

// The text of a merge as it grows, and the places of its conflicts. What turns out not to work is taken back.
class Output {
 public:
  struct Mark {
    std::size_t size;
    std::size_t conflicts;
  };
  [[nodiscard]] Mark mark() const { return {text_.size(), conflicts_.size()}; }
  void roll_back(Mark to) {
    text_.resize(to.size);
    conflicts_.resize(to.conflicts);
  }
  [[nodiscard]] std::string_view since(Mark from) const { return std::string_view(text_).substr(from.size); }

  void write(std::string_view text) { text_ += text; }
  // Ends a line that was begun: the last one of a file may have no end.
  void end_line() {
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }
  // A conflict whose first marker comes next.
  void add_conflict(std::string address, ConflictKind kind) {
    conflicts_.push_back({{std::move(address), kind, 0}, text_.size()});
  }
  // `<<<<<<< label`
  void write_marker(char sign, std::string_view label, std::size_t size);

  [[nodiscard]] Merged take();

 private:
  struct PlacedConflict {
    Conflict conflict;
    std::size_t offset = 0;
  };
  std::string text_;
  std::vector<PlacedConflict> conflicts_;
};

}  // namespace honua::merging
