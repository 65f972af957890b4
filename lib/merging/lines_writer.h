// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merging/container_merger.h"
#include "merging/document.h"
#include "merging/slots.h"
#include "merging/units.h"

namespace honua::merging {

// Writes the merge of containers whose items stand on lines of their own.
class LinesWriter {
 public:
  // `indent` goes in front of items that come from where everything is on one line.
  LinesWriter(ContainerMerger& merger, const Sides<const Container*>& containers, Form form,
              std::string_view indent, const std::string& address);

  // All items and what stands behind the last one. False if the items cannot be merged one by one.
  [[nodiscard]] bool write(const Slots& slots);
  // Comments that lost their place, each on a line of its own.
  void write_strays(const std::vector<std::string>& comments, std::string_view indent);

 private:
  [[nodiscard]] bool write_slot(const Slot& slot);
  [[nodiscard]] bool write_merged(const Slot& slot, Outcome outcome);
  void write_tail(const Slot& slot, const Item* tail);
  [[nodiscard]] bool write_conflict(const Slot& slot);
  void write_sections(const Slot& slot);
  void write_section(const Item* item, bool with_attached);
  void write_lead(Units lead, const Slot& slot);
  void write_units(const Units& units);
  void write_closing();
  void fix_first(Units& lead, const Slot& slot) const;
  void carry_comments(const Slot& slot);
  void start_item(const Slot& slot);
  [[nodiscard]] std::string_view prefix_of(const Slot& slot) const;

  ContainerMerger& merger_;
  Output& out_;
  const Sides<const Container*>& containers_;
  Form form_;
  std::string indent_;
  const std::string& address_;
  CommentBudget budget_;
  Units carried_;  // added by one side in front of what the other deleted
  bool has_items_ = false;
  bool last_spans_lines_ = false;
  std::optional<std::string> held_tail_;  // of a list's last element, until it is known whether one follows
};

}  // namespace honua::merging
