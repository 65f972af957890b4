// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

// Bodies as they stand in a file, for edits: native ones and objects alike. Views into a tree, which must
// outlive them.
namespace honua::editing {

// An attribute, a block or an item of an object.
struct WrittenItem {
  std::string name;                         // of a block its type
  source::SourceRange range;                // from the name to the end
  std::optional<syntax::Expression> value;  // of what is no block, without parentheses around it
  std::optional<syntax::Block> block;
  bool is_quoted = false;  // the name
};

struct WrittenBody {
  source::SourceRange range;  // to behind the closing brace
  bool is_object = false;
  std::vector<WrittenItem> items;  // in their order; those whose names are no fixed texts are left out

  // Of several, the last; nullptr if there is none.
  [[nodiscard]] const WrittenItem* find(std::string_view name) const;
};

[[nodiscard]] WrittenBody read_body(syntax::Block block);
// Of a block, or of an attribute whose value is an object; nothing for others.
[[nodiscard]] std::optional<WrittenBody> body_of(const WrittenItem& item);

// What a plain string says; nothing for everything else, also for no item at all.
[[nodiscard]] std::optional<std::string> text_of(const WrittenItem* item);
// A whole number, also in quotes.
[[nodiscard]] std::optional<std::int64_t> number_of(const WrittenItem& item);
// The label in `data_source.db`, `data_source["db"]`, `db` and `"db"`.
[[nodiscard]] std::optional<std::string> referenced_label(syntax::Expression reference,
                                                          std::string_view type);

}  // namespace honua::editing
