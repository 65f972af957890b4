// SPDX-License-Identifier: MIT
#include "migration/account.h"

#include <algorithm>
#include <utility>

#include "base/assert.h"

namespace honua::migration {

namespace {

bool is_before(const Claim& a, const Claim& b) { return a.node < b.node; }

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

void Account::sort_since(std::size_t count) {
  std::ranges::sort(claims_.begin() + static_cast<std::ptrdiff_t>(count), claims_.end(), {}, &Claim::node);
}

const std::vector<Claim>& Account::sorted() {
  // A tree's numbers grow along its text. Layers have been sorted one by one, so there are few runs to merge.
  std::vector<std::ptrdiff_t> ends;
  for (auto at = claims_.begin(); at != claims_.end();) {
    at = std::is_sorted_until(at, claims_.end(), is_before);
    ends.push_back(at - claims_.begin());
  }
  while (ends.size() > 1) {
    std::vector<std::ptrdiff_t> merged;
    std::ptrdiff_t begin = 0;
    for (std::size_t run = 0; run < ends.size(); run += 2) {
      const std::ptrdiff_t end = ends[std::min(run + 1, ends.size() - 1)];
      if (run + 1 < ends.size())
        std::inplace_merge(claims_.begin() + begin, claims_.begin() + ends[run], claims_.begin() + end,
                           is_before);
      merged.push_back(end);
      begin = end;
    }
    ends = std::move(merged);
  }
  HONUA_ASSERT(std::ranges::adjacent_find(claims_, {}, &Claim::node) == claims_.end());
  return claims_;
}

}  // namespace honua::migration
