// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "merging/document.h"
#include "merging/merge.h"
#include "merging/output.h"
#include "merging/slots.h"

namespace honua::merging {

// Merges containers, from the file's down to where nothing has members any more: as deep as the parser's
// nesting limit at most. Everything goes to the output as it is known.
class ContainerMerger {
 public:
  ContainerMerger(const ConflictStyle& style, Output& out) : style_(style), out_(out) {}

  void merge_file(const Sides<const Container*>& containers);

  // Writes an item of which both sides have changed members; both have an inside, and so has the base's if
  // there is one. `parent` is what it becomes an item of, `indent` the blanks in front of it. False if it
  // must be merged as a whole: what was written then is to be taken back.
  [[nodiscard]] bool merge_members(const Slot& slot, Form parent, std::string_view indent,
                                   const std::string& address);

  [[nodiscard]] const ConflictStyle& style() const { return style_; }
  [[nodiscard]] Output& out() { return out_; }

 private:
  enum class Fit : std::uint8_t { done, conflict, needs_lines };
  [[nodiscard]] Fit write_inline(const Slots& slots, const Item& head, const std::string& address);
  [[nodiscard]] Fit write_inline_item(const Slot& slot, Outcome outcome, Form form,
                                      const std::string& address);

  const ConflictStyle& style_;
  Output& out_;
};

// Whether an item may stand in a container of this form as it is written.
[[nodiscard]] bool fits(Form form, const Item& item);

}  // namespace honua::merging
