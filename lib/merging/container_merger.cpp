// SPDX-License-Identifier: MIT
#include "merging/container_merger.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "merging/lines_writer.h"

namespace honua::merging {

namespace {

bool has_line_feed(std::string_view text) { return text.find('\n') != std::string_view::npos; }

bool has_comments(const Item& item) {
  return !item.all_comments().empty() || std::ranges::any_of(item.lead, &Unit::is_comment);
}

// The comments from an item's start to the end of the line on which it opens.
std::vector<std::string> opening_comments(const Item* item) {
  if (item == nullptr) return {};
  const auto end = item->inside->inside_begin + static_cast<std::uint32_t>(item->inside->opening.size());
  return item->document->comments(item->begin, end);
}

// Those that a side added and that are in neither of the texts that are taken.
std::vector<std::string> stray_openings(const Slot& slot, const Item& head, const Item* layout) {
  std::vector<std::string> known = opening_comments(slot.base);
  for (const std::string& one : head.document->comments(head.begin, head.inside->inside_begin)) {
    known.push_back(one);
  }
  if (layout != nullptr) {
    const Container& inside = *layout->inside;
    const auto end = inside.inside_begin + static_cast<std::uint32_t>(inside.opening.size());
    for (const std::string& one : layout->document->comments(inside.inside_begin, end)) known.push_back(one);
  }
  std::vector<std::string> strays;
  for (const Item* item : {slot.ours, slot.theirs}) {
    for (std::string& one : opening_comments(item)) {
      if (std::ranges::find(known, one) != known.end()) continue;
      known.push_back(one);
      strays.push_back(std::move(one));
    }
  }
  return strays;
}

// Whose lines of the two braces are taken.
const Item* layout_of(const Slot& slot) {
  const Side side = changed_side(slot, [](const Item& one) {
    return std::tuple(one.inside->is_inline, one.inside->opening, one.inside->closing_prefix);
  });
  return pick(slot, side);
}

// One over lines, where it has to be; nullptr if there is none.
const Item* layout_over_lines(const Slot& slot) {
  for (const Item* one : {slot.ours, slot.theirs}) {
    if (!one->inside->is_inline) return one;
  }
  return nullptr;
}

// What is on one line has no room for comments.
bool adds_comments(const Slot& slot) {
  const std::vector<std::string> known =
      slot.base == nullptr ? std::vector<std::string>() : slot.base->inner_comments();
  return std::ranges::any_of(std::array{slot.ours, slot.theirs}, [&](const Item* side) {
    return !std::ranges::includes(known, side->inner_comments());
  });
}

bool have_same_kind(const Sides<const Container*>& containers) {
  const bool is_tuple = containers.ours->form == Form::tuple;
  return (containers.theirs->form == Form::tuple) == is_tuple &&
         (containers.base == nullptr || (containers.base->form == Form::tuple) == is_tuple);
}

// Whether an item's braces can be around the merge of its members.
bool suits(const Item& head, const Slots& slots, Form parent) {
  const auto fits_inside = [&](const Item* item) {
    return item != nullptr && fits(head.inside->form, *item);
  };
  return fits(parent, head) && std::ranges::all_of(slots, [&](const Slot& slot) {
           const bool is_deleted = slot.base != nullptr && (slot.ours == nullptr || slot.theirs == nullptr);
           return is_deleted || fits_inside(slot.ours) || fits_inside(slot.theirs);
         });
}

// Whose text up to the opening brace is taken, and so whether the item is a block or an object: what a side
// made of it, or a block where both added it. nullptr if neither can hold what the other has.
const Item* head_of(const Slot& slot, const Slots& slots, Form parent) {
  const Side changed = changed_side(slot, [](const Item& one) { return one.head(); });
  const Item* first = pick(slot, changed);
  if (slot.ours->inside->form != slot.theirs->inside->form) {
    const Form other_form = slot.base == nullptr ? Form::object : slot.base->inside->form;
    first = slot.ours->inside->form == other_form ? slot.theirs : slot.ours;
  }
  if (suits(*first, slots, parent)) return first;
  const Item* second = first == slot.ours ? slot.theirs : slot.ours;
  return suits(*second, slots, parent) ? second : nullptr;
}

std::string_view closing_bracket(Form form) { return form == Form::tuple ? "]" : "}"; }

}  // namespace

bool fits(Form form, const Item& item) {
  const syntax::NodeKind kind = item.document->tree().node(item.node).kind;
  switch (form) {
    case Form::body: return kind != syntax::NodeKind::object_item || item.is_portable;
    case Form::object: return kind == syntax::NodeKind::object_item || item.is_portable;
    case Form::tuple: break;
  }
  return true;
}

void ContainerMerger::merge_file(const Sides<const Container*>& containers) {
  const std::string address;
  LinesWriter writer(*this, containers, Form::body, "", address);
  // Everything fits into a file's body, and a conflict there can be marked.
  (void)writer.write(align(containers));
}

bool ContainerMerger::merge_members(const Slot& slot, Form parent, std::string_view indent,
                                    const std::string& address) {
  const Sides<const Container*> containers = {slot.base == nullptr ? nullptr : slot.base->inside.get(),
                                              slot.ours->inside.get(), slot.theirs->inside.get()};
  if (!have_same_kind(containers)) return false;
  const Slots slots = align(containers);
  if (containers.ours->form == Form::tuple && !can_merge_as_sets(containers, slots)) return false;
  const Item* chosen = head_of(slot, slots, parent);
  if (chosen == nullptr) return false;
  const Item& head = *chosen;
  const Item* layout = layout_of(slot);
  if (layout->inside->is_inline && adds_comments(slot)) layout = layout_over_lines(slot);
  if (layout != nullptr && layout->inside->is_inline) {
    const Output::Mark start = out_.mark();
    const Fit fit = write_inline(slots, head, address);
    if (fit != Fit::needs_lines) return fit == Fit::done;
    out_.roll_back(start);
    layout = layout_over_lines(slot);
  }
  const Form form = head.inside->form;
  out_.write(head.head());
  out_.write(layout == nullptr ? "\n" : layout->inside->opening);
  const std::string inner_indent = std::string(indent) + "  ";
  LinesWriter writer(*this, containers, form, inner_indent, address);
  writer.write_strays(stray_openings(slot, head, layout), inner_indent);
  if (!writer.write(slots)) return false;
  out_.end_line();
  out_.write(layout == nullptr ? indent : layout->inside->closing_prefix);
  out_.write(closing_bracket(form));
  return true;
}

ContainerMerger::Fit ContainerMerger::write_inline(const Slots& slots, const Item& head,
                                                   const std::string& address) {
  const Form form = head.inside->form;
  const std::string_view pad = form == Form::tuple ? "" : " ";
  out_.write(head.head());
  const Output::Mark start = out_.mark();
  bool has_items = false;
  for (const Slot& slot : slots) {
    const Outcome outcome = decide(slot);
    if (outcome == Outcome::drop) continue;
    // A body on one line has one attribute.
    if (has_items && form == Form::body) return Fit::needs_lines;
    out_.write(has_items ? ", " : pad);
    has_items = true;
    const Fit fit = write_inline_item(slot, outcome, form, address);
    if (fit != Fit::done) return fit;
  }
  if (has_line_feed(out_.since(start))) return Fit::needs_lines;
  if (has_items) out_.write(pad);
  out_.write(closing_bracket(form));
  return Fit::done;
}

ContainerMerger::Fit ContainerMerger::write_inline_item(const Slot& slot, Outcome outcome, Form form,
                                                        const std::string& address) {
  if (outcome == Outcome::members) {
    const Output::Mark start = out_.mark();
    if (merge_members(slot, form, "", address_of(*slot.ours, address))) return Fit::done;
    out_.roll_back(start);
    outcome = decide_as_whole(slot);
  }
  if (outcome == Outcome::conflict) return Fit::conflict;
  const Item& taken = outcome == Outcome::ours ? *slot.ours : *slot.theirs;
  if (!fits(form, taken)) return Fit::conflict;
  if (has_comments(taken) || (form == Form::body && taken.is_block())) return Fit::needs_lines;
  out_.write(taken.core());
  return Fit::done;
}

}  // namespace honua::merging
