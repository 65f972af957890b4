// SPDX-License-Identifier: MIT
#include "migration/account.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace honua::migration {

namespace {

bool is_before(const Claim& a, const Claim& b) { return a.node < b.node; }

// A tree's numbers grow along its text. Layers have been sorted one by one, so there are few runs to merge.
void sort_claims(std::vector<Claim>& claims) {
  std::vector<std::ptrdiff_t> ends;
  for (auto at = claims.begin(); at != claims.end();) {
    at = std::is_sorted_until(at, claims.end(), is_before);
    ends.push_back(at - claims.begin());
  }
  while (ends.size() > 1) {
    std::vector<std::ptrdiff_t> merged;
    std::ptrdiff_t begin = 0;
    for (std::size_t run = 0; run < ends.size(); run += 2) {
      const std::ptrdiff_t end = ends[std::min(run + 1, ends.size() - 1)];
      if (run + 1 < ends.size())
        std::inplace_merge(claims.begin() + begin, claims.begin() + ends[run], claims.begin() + end,
                           is_before);
      merged.push_back(end);
      begin = end;
    }
    ends = std::move(merged);
  }
  HONUA_ASSERT(std::ranges::adjacent_find(claims, {}, &Claim::node) == claims.end());
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::mapped: return "mapped";
    case Outcome::converted: return "converted";
    case Outcome::defaulted: return "defaulted";
    case Outcome::merged: return "merged";
    case Outcome::unsupported: break;
  }
  return "unsupported";
}

void Account::claim_all(const LegacyValue& value, Outcome outcome, Target target, std::string_view note) {
  claim(value, outcome, target, note);
  value.each_inner(
      [&](std::string_view /*name*/, const LegacyValue& one) { claim_all(one, outcome, target, note); });
}

std::size_t Account::document_of(const LegacyValue& value) const {
  const syntax::Tree* tree = &value.expression().tree();
  std::size_t document = 0;
  while (documents_[document].tree != tree) ++document;
  return document;
}

void Account::forget_after(const LegacyValue& value, std::size_t count) {
  std::vector<Claim>& claims = claims_of(value);
  const source::SourceRange whole = value.range();
  const auto is_inside = [&](const Claim& one) {
    const syntax::Node& node = value.expression().tree().node(one.node);
    return node.begin >= whole.begin && node.end <= whole.end;
  };
  claims.erase(std::remove_if(claims.begin() + static_cast<std::ptrdiff_t>(count), claims.end(), is_inside),
               claims.end());
}

void Account::sort_since(const LegacyValue& value, std::size_t count) {
  std::vector<Claim>& claims = claims_of(value);
  std::ranges::sort(claims.begin() + static_cast<std::ptrdiff_t>(count), claims.end(), {}, &Claim::node);
}

void Account::sort() {
  for (Claims& one : documents_) sort_claims(one.claims);
}

}  // namespace honua::migration
