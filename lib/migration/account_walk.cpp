// SPDX-License-Identifier: MIT
#include "migration/account_walk.h"

#include <algorithm>
#include <utility>

#include "migration/unsupported.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

// Longer members are kept by what is in them: lines are for people.
constexpr std::size_t longest_kept = 160;

bool has_one(const std::vector<syntax::NodeId>& nodes, syntax::NodeId begin, syntax::NodeId end) {
  const auto first = std::ranges::lower_bound(nodes, begin);
  return first != nodes.end() && *first < end;
}

}  // namespace

AccountWalk::AccountWalk(const std::vector<Claim>& claims, const BlockIndex& blocks,
                         const AccountVisitor& visitor)
    : claims_(claims), blocks_(blocks), visitor_(visitor) {
  for (const Claim& one : claims) {
    if (one.outcome == Outcome::unsupported) continue;
    placed_.push_back(one.node);
    if (one.outcome != Outcome::defaulted) written_.push_back(one.node);
  }
}

void AccountWalk::run(const LegacyValue& root) {
  visit_inner(root, {}, root.expression().tree().node_count());
}

void AccountWalk::visit_inner(const LegacyValue& value, const Place& place, syntax::NodeId end) {
  if (value.is(ValueKind::object)) {
    for (const syntax::Expression item : value.expression()) {
      if (item.child_count() != 2) continue;
      Place inner = place;
      inner.name = text_of(item.child(0));
      inner.pointer = pointer_below(place.pointer, inner.name);
      inner.path += (place.path.empty() ? "" : ".") + text::ascii_lower(inner.name);
      visit(LegacyValue(item.child(1)), std::move(inner), item.id());
    }
  } else if (value.is(ValueKind::array)) {
    std::size_t number = 0;
    for (const syntax::Expression element : value.expression()) {
      Place inner = place;
      inner.pointer = pointer_below(place.pointer, std::to_string(number++));
      inner.path += "[]";
      const syntax::NodeId next = element.data().next_sibling;
      visit(LegacyValue(element), std::move(inner), next == syntax::no_node ? end : next);
    }
  }
}

const Claim* AccountWalk::claim_of(syntax::NodeId node) const {
  const auto found = std::ranges::lower_bound(claims_, node, {}, &Claim::node);
  return found == claims_.end() || found->node != node ? nullptr : &*found;
}

AccountEntry AccountWalk::entry_of(const LegacyValue& value, const Place& place, syntax::NodeId end) {
  AccountEntry entry;
  entry.pointer = place.pointer;
  entry.name = place.name;
  entry.range = value.range();
  const bool is_list = value.is(ValueKind::object) || value.is(ValueKind::array);
  entry.is_scalar = !is_list || value.is_empty();
  const Claim* claim = claim_of(value.id());
  if (claim != nullptr) {
    entry.outcome = claim->outcome;
    entry.note = claim->note;
    if (claim->target.block != no_block) {
      target_ = blocks_.blocks[claim->target.block].address;
      if (!claim->target.path.empty()) target_ += '.' + std::string(claim->target.path);
      entry.target = target_;
    }
  } else if (value.is(ValueKind::null) || (is_list && value.is_empty())) {
    entry.outcome = Outcome::defaulted;
    entry.note = is_list ? "it is empty" : "it says nothing";
  } else if (has_one(written_, value.id() + 1, end)) {
    entry.outcome = Outcome::mapped;
  } else if (has_one(placed_, value.id() + 1, end)) {
    entry.outcome = Outcome::defaulted;
  }
  return entry;
}

void AccountWalk::describe_unsupported(const LegacyValue& value, Place& place, AccountEntry& entry) {
  if (place.home != no_block && !blocks_.blocks[place.home].obstacle.empty()) {
    entry.note = "the layer is written as a comment";
    return;
  }
  if (blocks_.is_settings) {
    if (entry.note.empty()) entry.note = "the server takes it from its settings";
    return;
  }
  if (place.is_unknown) return;
  const KnownMember* known = find_known(place.path);
  if (known != nullptr) {
    if (entry.note.empty()) entry.note = known->note;
    return;
  }
  if (!entry.note.empty()) return;
  place.is_unknown = true;
  entry.note = "old servers knew no such member";
  if (visitor_.on_unknown) visitor_.on_unknown(value, place.name, place.path);
}

void AccountWalk::keep(const LegacyValue& value, Place& place, bool is_scalar) const {
  if (!visitor_.on_kept || place.is_kept) return;
  const std::string json = masked_json(value, place.name);
  if (!is_scalar && json.size() > longest_kept) return;
  visitor_.on_kept(place.home, place.pointer, json);
  place.is_kept = true;
}

void AccountWalk::visit(const LegacyValue& value, Place place, syntax::NodeId end) {
  const auto home = blocks_.homes.find(value.id());
  if (home != blocks_.homes.end()) place.home = home->second;
  AccountEntry entry = entry_of(value, place, end);
  if (entry.outcome == Outcome::unsupported) {
    describe_unsupported(value, place, entry);
    if (!has_one(placed_, value.id(), end)) keep(value, place, entry.is_scalar);
  }
  if (visitor_.on_entry) visitor_.on_entry(entry, value);
  visit_inner(value, place, end);
}

}  // namespace honua::migration
