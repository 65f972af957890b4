// SPDX-License-Identifier: MIT
#include "migration/account.h"

#include <algorithm>

#include "base/assert.h"

namespace honua::migration {

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

const std::vector<Claim>& Account::sorted() {
  // A tree's numbers grow along its text.
  if (!std::ranges::is_sorted(claims_, {}, &Claim::node)) std::ranges::stable_sort(claims_, {}, &Claim::node);
  HONUA_ASSERT(std::ranges::adjacent_find(claims_, {}, &Claim::node) == claims_.end());
  return claims_;
}

}  // namespace honua::migration
