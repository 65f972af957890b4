// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/source_range.h"

namespace honua::source {

// Text to put in place of a range, which may be empty; an empty text takes the range away.
struct Edit {
  SourceRange range;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
};

// Edits that only make sense together, in order, of one file.
using EditGroup = std::vector<Edit>;

// Puts an edit behind the others of a group. One that touches the last becomes a part of it.
void add_edit(EditGroup& group, Edit edit);

struct EditedText {
  std::string text;
  std::vector<std::size_t> dropped;  // the groups that were not applied, by position, ascending
};

// The text with these groups applied, each wholly or not at all. Groups may
// come in any order. One of which an edit overlaps or touches an edit of a
// group that starts further in front is dropped: what it says is to be asked
// for again, of the new text. So is one whose ranges are not in order, touch
// each other (add_edit() joins such) or are not inside of the text. The edits' file numbers are not looked
// at.
[[nodiscard]] EditedText apply_edits(std::string_view text, std::span<const EditGroup> groups);

}  // namespace honua::source
