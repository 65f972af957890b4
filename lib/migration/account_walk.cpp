// SPDX-License-Identifier: MIT
#include "migration/account_walk.h"

#include <algorithm>
#include <utility>

#include "migration/unsupported.h"
#include "text/ascii.h"
#include "text/json_writer.h"
#include "text/unicode.h"

namespace honua::migration {

namespace {

// Longer members are kept by what is in them: lines are for people.
constexpr std::size_t longest_kept = 160;

// What people write into JSON, which has no comments.
bool is_documentation(std::string_view name) {
  const std::string lower = text::ascii_lower(name);
  return lower.starts_with("_comment") || lower.ends_with("_comment");
}

bool has_one(const std::vector<syntax::NodeId>& nodes, syntax::NodeId begin, syntax::NodeId end) {
  const auto first = std::ranges::lower_bound(nodes, begin);
  return first != nodes.end() && *first < end;
}

}  // namespace

AccountWalk::AccountWalk(const Document& document, const Account& account, std::size_t number,
                         const std::vector<WrittenBlock>& blocks, const AccountVisitor& visitor)
    : document_(document),
      account_(account),
      claims_(account.claims(number)),
      blocks_(blocks),
      visitor_(visitor) {
  for (const Claim& one : claims_) {
    if (one.outcome == Outcome::unsupported) continue;
    placed_.push_back(one.node);
    if (one.outcome != Outcome::defaulted) written_.push_back(one.node);
  }
}

void AccountWalk::run() { visit_inner(document_.root(), {}, document_.tree->node_count()); }

void AccountWalk::step(const LegacyName* name, std::size_t number, const LegacyValue& value,
                       const Place& place, syntax::NodeId end) {
  steps_.push_back({name, number});
  visit(value, place, end);
  steps_.pop_back();
}

std::string_view AccountWalk::pointer() {
  pointer_.clear();
  for (const Step& one : steps_) {
    if (one.name != nullptr)
      text::append_pointer_token(pointer_, one.name->view());
    else
      pointer_.append("/").append(std::to_string(one.number));
  }
  return pointer_;
}

std::string_view AccountWalk::path() {
  path_.clear();
  for (const Step& one : steps_) {
    if (one.name == nullptr) {
      path_ += "[]";
      continue;
    }
    if (!path_.empty()) path_ += '.';
    for (const char c : one.name->view()) path_ += text::ascii_lower(c);
  }
  return path_;
}

void AccountWalk::visit_inner(const LegacyValue& value, const Place& place, syntax::NodeId end) {
  if (value.is(ValueKind::object)) {
    for (const syntax::Expression item : value.expression()) {
      auto part = item.begin();
      if (part == item.end()) continue;
      const LegacyName name(*part);
      if (++part == item.end()) continue;
      Place inner = place;
      inner.name = name.view();
      step(&name, 0, LegacyValue(*part), inner, item.id());
    }
  } else if (value.is(ValueKind::array)) {
    std::size_t number = 0;
    for (const syntax::Expression element : value.expression()) {
      const syntax::NodeId next = element.data().next_sibling;
      step(nullptr, number++, LegacyValue(element), place, next == syntax::no_node ? end : next);
    }
  }
}

// The walk goes the way that claims are sorted.
const Claim* AccountWalk::claim_of(syntax::NodeId node) {
  while (next_claim_ < claims_.size() && claims_[next_claim_].node < node) ++next_claim_;
  return next_claim_ < claims_.size() && claims_[next_claim_].node == node ? &claims_[next_claim_] : nullptr;
}

AccountEntry AccountWalk::entry_of(const LegacyValue& value, const Place& place, syntax::NodeId end) {
  AccountEntry entry;
  entry.name = place.name;
  entry.range = value.range();
  const bool is_list = value.is(ValueKind::object) || value.is(ValueKind::array);
  entry.is_scalar = !is_list || value.is_empty();
  const Claim* claim = claim_of(value.id());
  if (claim != nullptr) {
    entry.outcome = claim->outcome;
    // What lost against another value says something else.
    entry.is_kept = claim->is_kept || (claim->outcome == Outcome::merged && claim->note != 0);
    entry.note = account_.note_of(*claim);
    if (visitor_.on_entry && claim->target.block != no_block) {
      target_ = blocks_[claim->target.block].address;
      if (claim->target.path != nullptr) target_.append(".").append(*claim->target.path);
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
  if (place.home != no_block && !blocks_[place.home].obstacle.empty()) {
    entry.note = "the layer is written as a comment";
    return;
  }
  if (document_.kind != DocumentKind::metadata) {
    if (entry.note.empty())
      entry.note = document_.kind == DocumentKind::settings ? "the server takes it from its settings"
                                                            : "the server takes it from its environment";
    return;
  }
  if (place.is_unknown) return;
  const KnownMember* known = find_known(path());
  if (known != nullptr) {
    if (entry.note.empty()) entry.note = known->note;
    return;
  }
  if (!entry.note.empty()) return;
  place.is_unknown = true;
  entry.note = "old servers knew no such member";
  if (visitor_.on_unknown) visitor_.on_unknown(value, place.name, path());
}

void AccountWalk::keep(const LegacyValue& value, Place& place, bool is_scalar) {
  if (!visitor_.on_kept || place.is_kept) return;
  const std::string json = masked_json(value, place.name, masking_of(document_.kind));
  if (!is_scalar && json.size() > longest_kept) return;
  visitor_.on_kept(place.home, pointer(), json);
  place.is_kept = true;
}

void AccountWalk::visit(const LegacyValue& value, Place place, syntax::NodeId end) {
  while (next_home_ < document_.homes.size() && document_.homes[next_home_].node < value.id()) ++next_home_;
  const bool is_home = next_home_ < document_.homes.size() && document_.homes[next_home_].node == value.id();
  if (is_home) place.home = document_.homes[next_home_].block;
  AccountEntry entry = entry_of(value, place, end);
  if (entry.is_kept && entry.is_scalar) keep(value, place, true);
  if (entry.outcome == Outcome::unsupported) {
    const bool is_kept = !has_one(placed_, value.id(), end);
    place.is_documentation = place.is_documentation || (is_kept && is_documentation(place.name));
    if (place.is_documentation) {
      entry.outcome = Outcome::converted;
      entry.note = "it is a comment, and kept as one";
    } else {
      describe_unsupported(value, place, entry);
    }
    if (is_kept) keep(value, place, entry.is_scalar);
  }
  if (visitor_.on_outcome && entry.is_scalar) visitor_.on_outcome(entry.outcome);
  if (visitor_.on_entry) {
    entry.pointer = pointer();
    visitor_.on_entry(entry, value);
  }
  visit_inner(value, place, end);
}

}  // namespace honua::migration
