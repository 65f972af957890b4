// SPDX-License-Identifier: MIT
#include "config/overlay_check.h"

#include <algorithm>
#include <string>

#include "config/rules.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::config {

namespace {

bool is_same(const Setting& a, const Setting& b);

bool are_same_members(std::span<const Setting> a, std::span<const Setting> b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const Setting& one) {
           const Setting* other = find(b, one.name());
           return other != nullptr && is_same(one, *other);
         });
}

// Surely the same value. Of the environment's values nothing is said: that two
// of them are equal could be more than a reader should know.
bool is_same(const Setting& a, const Setting& b) {
  if (a.kind != b.kind || a.sensitive || b.sensitive) return false;
  switch (a.kind) {
    case SettingKind::unknown: return false;
    case SettingKind::null: return true;
    case SettingKind::boolean: return a.boolean() == b.boolean();
    case SettingKind::number: return a.number() == b.number();
    case SettingKind::text: return a.text() == b.text();
    case SettingKind::reference: return a.target == b.target && a.text() == b.text();
    case SettingKind::list: return std::ranges::equal(a.items(), b.items(), is_same);
    case SettingKind::object: return are_same_members(a.items(), b.items());
  }
  return false;
}

// Objects merge, so an object repeats its base as far as its members do.
bool repeats(const Setting& over, std::span<const Setting> base) {
  const Setting* under = find(base, over.name());
  if (under == nullptr) return false;
  if (!over.is(SettingKind::object) || !under->is(SettingKind::object)) return is_same(over, *under);
  return !over.items().empty() && std::ranges::all_of(over.items(), [&](const Setting& member) {
    return repeats(member, under->items());
  });
}

void report_values(std::span<const Setting> base, std::span<const Setting> overlay,
                   diagnostics::Diagnostics& sink) {
  for (const Setting& over : overlay) {
    const Setting* under = find(base, over.name());
    if (under == nullptr) continue;
    if (repeats(over, base)) {
      sink.report(rules::doubtful_overlay, over.range,
                  text::quoted(over.name()) + " has this value without the overlay, too")
          .label(under->range, "here")
          .suggest("remove it: an overlay needs to hold only what differs");
    } else if (over.is(SettingKind::object) && under->is(SettingKind::object)) {
      report_values(under->items(), over.items(), sink);
    }
  }
}

std::string without_digits(std::string_view text) {
  std::string rest(text);
  std::erase_if(rest, [](char c) { return c >= '0' && c <= '9'; });
  return rest;
}

}  // namespace

void check_repetition(const OverlaidBlock& block, diagnostics::Diagnostics& sink) {
  const bool all = !block.overlay.empty() && std::ranges::all_of(block.overlay, [&](const Setting& over) {
    return repeats(over, block.base);
  });
  if (!all) return report_values(block.base, block.overlay, sink);
  sink.report(rules::overlay_repeats_block, block.overlay_header,
              "this overlay of " + text::quoted(block.address) + " changes nothing")
      .label(block.base_header, "it says the same")
      .suggest("remove the block: an overlay needs to hold only what differs");
}

void check_addition(const AddedBlock& block, diagnostics::Diagnostics& sink) {
  // `replica_2` beside `replica_1` is no slip of the pen.
  std::vector<std::string_view> similar;
  for (const std::string_view label : block.base_labels) {
    if (without_digits(label) != without_digits(block.label)) similar.push_back(label);
  }
  const auto close = text::suggest(block.label, similar);
  if (!close && (block.is_complete || block.base_labels.empty())) return;
  const std::string name = text::quoted(std::string(block.keyword) + "." + std::string(block.label));
  auto& made = sink.report(rules::doubtful_overlay, block.label_range,
                           "there is no " + name + " to lay this over: it is a block of its own");
  if (close) {
    made.did_you_mean(*close, block.label);
  } else {
    made.suggest("for a block of its own it lacks what it must have; is it called otherwise in the base?");
  }
}

}  // namespace honua::config
