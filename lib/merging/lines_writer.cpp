// SPDX-License-Identifier: MIT
#include "merging/lines_writer.h"

#include <algorithm>
#include <utility>

namespace honua::merging {

namespace {

constexpr Unit separating_line{"\n", false};

bool spans_lines(const Slot& slot) {
  const auto spans = [](const Item* item) {
    return item != nullptr && item->core().find('\n') != std::string_view::npos;
  };
  return spans(slot.ours) || spans(slot.theirs);
}

Sides<const Units*> leads_of(const Slot& slot) {
  const auto lead = [](const Item* item) { return item == nullptr ? nullptr : &item->lead; };
  return {lead(slot.base), lead(slot.ours), lead(slot.theirs)};
}

Units free_part(const Item& item) {
  return {item.lead.begin(), item.lead.begin() + static_cast<std::ptrdiff_t>(item.attached)};
}

// Whose rest of the line is behind an item; that of neither behind a heredoc.
const Item* tail_of(const Slot& slot, const Item* taken) {
  if (taken != nullptr && taken->ends_in_heredoc) return nullptr;
  const Side side = changed_side(slot, [](const Item& one) -> const std::string& { return one.tail; });
  for (const Item* item : {pick(slot, side), slot.ours, slot.theirs}) {
    if (item != nullptr && !item->is_inline) return item;
  }
  return nullptr;
}

// Comments behind an item that a side added and that are not in the rest of the line that is taken.
std::vector<std::string> stray_comments(const Slot& slot, const Item* tail) {
  std::vector<std::string> known;
  for (const Item* item : {slot.base, tail}) {
    if (item == nullptr) continue;
    for (std::string& one : item->tail_comments()) known.push_back(std::move(one));
  }
  std::vector<std::string> strays;
  for (const Item* item : {slot.ours, slot.theirs}) {
    if (item == nullptr) continue;
    for (std::string& one : item->tail_comments()) {
      if (std::ranges::find(known, one) != known.end()) continue;
      known.push_back(one);
      strays.push_back(std::move(one));
    }
  }
  return strays;
}

std::string_view first_prefix(const Sides<const Container*>& containers, std::string_view otherwise) {
  for (const Container* one : {containers.ours, containers.theirs, containers.base}) {
    if (one != nullptr && !one->is_inline && !one->items.empty()) return one->items.front().prefix;
  }
  return otherwise;
}

}  // namespace

LinesWriter::LinesWriter(ContainerMerger& merger, const Sides<const Container*>& containers, Form form,
                         std::string_view indent, const std::string& address)
    : merger_(merger),
      out_(merger.out()),
      containers_(containers),
      form_(form),
      indent_(first_prefix(containers, indent)),
      address_(address) {
  const auto count = [](const Container* container, auto&& count_one) {
    if (container == nullptr) return;
    for (const Item& one : container->items) count_one(one.lead);
    count_one(container->closing);
  };
  count(containers.base, [&](const Units& units) { budget_.count_base(units); });
  count(containers.ours, [&](const Units& units) { budget_.count_ours(units); });
  count(containers.theirs, [&](const Units& units) { budget_.count_theirs(units); });
}

bool LinesWriter::write(const Slots& slots) {
  for (const Slot& one : slots) {
    if (!write_slot(one)) return false;
  }
  if (held_tail_) {
    const Side side = changed_side(
        containers_, [](const Container& one) { return !one.items.empty() && one.items.back().has_comma; });
    const Container* container = pick(containers_, side);
    if (!container->items.empty() && container->items.back().has_comma) out_.write(",");
    out_.write(*held_tail_);
  }
  write_closing();
  return true;
}

bool LinesWriter::write_slot(const Slot& slot) {
  const Outcome outcome = decide(slot);
  switch (outcome) {
    case Outcome::drop: carry_comments(slot); return true;
    case Outcome::conflict: return write_conflict(slot);
    default: return write_merged(slot, outcome);
  }
}

// Comments for themselves that were added in front of what goes away stay.
void LinesWriter::carry_comments(const Slot& slot) {
  const Item& side = slot.ours == nullptr ? *slot.theirs : *slot.ours;
  if (have_same_text(side.lead, slot.base->lead)) return;
  for (const Unit& one : free_part(side)) {
    const auto is_same = [&](const Unit& other) { return comment_key(other.text) == comment_key(one.text); };
    if (one.is_comment && std::ranges::none_of(slot.base->lead, is_same)) carried_.push_back(one);
  }
}

// A list's element gets its comma when another one follows.
void LinesWriter::start_item(const Slot& slot) {
  if (held_tail_) out_.write("," + *std::exchange(held_tail_, std::nullopt));
  out_.end_line();
  last_spans_lines_ = spans_lines(slot);
  has_items_ = true;
}

// What was the first item of its container and is no longer needs a blank line, and the other way round.
void LinesWriter::fix_first(Units& lead, const Slot& slot) const {
  bool any = false;
  bool was_first = true;
  bool was_later = true;
  for (const Item* side : {slot.ours, slot.theirs}) {
    if (side == nullptr || !have_same_text(side->lead, lead)) continue;
    any = true;
    was_first = was_first && side->is_first;
    was_later = was_later && !side->is_first;
  }
  if (!any) return;
  if (has_items_ && was_first && (spans_lines(slot) || last_spans_lines_)) {
    lead.insert(lead.begin(), separating_line);
  } else if (!has_items_ && was_later) {
    lead.erase(lead.begin(), std::ranges::find(lead, true, &Unit::is_comment));
  }
}

void LinesWriter::write_units(const Units& units) {
  for (const Unit& one : units) {
    out_.end_line();
    out_.write(one.text);
  }
}

void LinesWriter::write_lead(Units lead, const Slot& slot) {
  fix_first(lead, slot);
  insert_free(lead, std::exchange(carried_, {}));
  start_item(slot);
  write_units(budget_.admit(lead));
}

void LinesWriter::write_strays(const std::vector<std::string>& comments, std::string_view indent) {
  for (const std::string& one : comments) {
    out_.end_line();
    out_.write(indent);
    out_.write(one);
    out_.write("\n");
  }
}

std::string_view LinesWriter::prefix_of(const Slot& slot) const {
  const Side side = changed_side(slot, [](const Item& one) { return one.prefix; });
  for (const Item* item : {pick(slot, side), slot.ours, slot.theirs}) {
    if (item != nullptr && !item->is_inline) return item->prefix;
  }
  return indent_;
}

bool LinesWriter::write_merged(const Slot& slot, Outcome outcome) {
  const std::string_view prefix = prefix_of(slot);
  const Item* taken = outcome == Outcome::ours     ? slot.ours
                      : outcome == Outcome::theirs ? slot.theirs
                                                   : nullptr;
  const Item* tail = tail_of(slot, taken);
  write_lead(merge_units(leads_of(slot)), slot);
  const Output::Mark start = out_.mark();
  write_strays(stray_comments(slot, tail), prefix);
  out_.end_line();
  const Output::Mark core = out_.mark();
  out_.write(prefix);
  if (outcome == Outcome::members &&
      !merger_.merge_members(slot, form_, prefix, address_of(*slot.ours, address_))) {
    out_.roll_back(core);
    outcome = decide_as_whole(slot);
    if (outcome == Outcome::conflict) {
      out_.roll_back(start);
      write_sections(slot);
      return true;
    }
    out_.write(prefix);
    taken = outcome == Outcome::ours ? slot.ours : slot.theirs;
  }
  if (taken != nullptr && !fits(form_, *taken)) return false;
  if (taken != nullptr) out_.write(taken->core());
  write_tail(slot, tail);
  return true;
}

void LinesWriter::write_tail(const Slot& slot, const Item* tail) {
  std::string text = tail == nullptr ? "\n" : tail->tail;
  if (form_ == Form::tuple) {
    held_tail_ = std::move(text);
    return;
  }
  const Side comma = changed_side(slot, [](const Item& one) { return one.has_comma; });
  if (form_ == Form::object && tail != nullptr && pick(slot, comma)->has_comma) out_.write(",");
  out_.write(text);
}

bool LinesWriter::write_conflict(const Slot& slot) {
  if (form_ == Form::tuple) return false;
  const bool both = slot.ours != nullptr && slot.theirs != nullptr;
  if (both) {
    write_lead(merge_units(leads_of(slot)), slot);
  } else {
    write_lead(free_part(slot.ours == nullptr ? *slot.theirs : *slot.ours), slot);
  }
  write_sections(slot);
  return true;
}

void LinesWriter::write_sections(const Slot& slot) {
  const ConflictStyle& style = merger_.style();
  const Item& any = slot.ours == nullptr ? *slot.theirs : *slot.ours;
  const bool with_attached = slot.ours == nullptr || slot.theirs == nullptr;
  out_.end_line();
  out_.add_conflict(address_of(any, address_), kind_of(slot));
  out_.write_marker('<', style.ours_label, style.marker_size);
  write_section(slot.ours, with_attached);
  if (style.shows_base) {
    out_.write_marker('|', style.base_label, style.marker_size);
    write_section(slot.base, with_attached);
  }
  out_.write_marker('=', "", style.marker_size);
  write_section(slot.theirs, with_attached);
  out_.write_marker('>', style.theirs_label, style.marker_size);
}

void LinesWriter::write_section(const Item* item, bool with_attached) {
  if (item == nullptr) return;
  if (with_attached) {
    write_units({item->lead.begin() + static_cast<std::ptrdiff_t>(item->attached), item->lead.end()});
  }
  out_.write(item->is_inline ? std::string_view(indent_) : item->prefix);
  out_.write(item->document->text().substr(item->begin, item->tail_end - item->begin));
  out_.end_line();
}

void LinesWriter::write_closing() {
  const auto closing = [](const Container* one) { return one == nullptr ? nullptr : &one->closing; };
  Units units =
      merge_units({closing(containers_.base), closing(containers_.ours), closing(containers_.theirs)});
  units.insert(units.end(), carried_.begin(), carried_.end());
  write_units(budget_.admit(units));
}

}  // namespace honua::merging
