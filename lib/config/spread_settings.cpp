// SPDX-License-Identifier: MIT
#include "config/spread_settings.h"

#include <algorithm>
#include <string>

#include "config/rules.h"
#include "text/sanitize.h"

namespace honua::config {

SpreadSettings::SpreadSettings(std::span<const Setting> decoded, diagnostics::Diagnostics& sink) {
  for (const Setting& one : decoded) {
    if (one.name() != "settings") {
      flat_.push_back(one);
    } else if (one.is(SettingKind::object)) {
      inner_.assign(one.items().begin(), one.items().end());
    } else {
      whole_ = one;
    }
  }
  NamePositions positions;
  std::erase_if(inner_, [&](const Setting& one) {
    const std::size_t position = positions.find(one.name(), flat_);
    if (position == flat_.size()) return false;
    Setting& flat = flat_[position];
    if (flat.is(SettingKind::null)) {
      flat = one;
    } else if (!one.is(SettingKind::null)) {
      sink.report(rules::setting_given_twice, one.name_range(),
                  text::quoted(one.name()) + " is given flat and inside of `settings`")
          .label(flat.name_range(), "the flat one")
          .suggest("remove one of them");
    }
    return true;
  });
}

void SpreadSettings::lay_over(const SpreadSettings& over, Decoder& decoder) {
  if (over.whole_) {
    inner_.clear();
    whole_ = over.whole_->is(SettingKind::null) ? std::nullopt : over.whole_;
  }
  // Each to where the base has it, whichever spelling the overlay prefers.
  std::vector<Setting> to_flat;
  std::vector<Setting> to_inner;
  NamePositions in_flat;
  NamePositions in_inner;
  for (const auto* list : {&over.flat_, &over.inner_}) {
    for (const Setting& one : *list) {
      const bool is_flat = in_flat.find(one.name(), flat_) < flat_.size();
      const bool is_inner = in_inner.find(one.name(), inner_) < inner_.size();
      const bool stays_flat = is_flat || (!is_inner && list == &over.flat_);
      (stays_flat ? to_flat : to_inner).push_back(one);
    }
  }
  flat_ = decoder.merge(flat_, to_flat);
  inner_ = decoder.merge(inner_, to_inner);
}

std::vector<Setting> SpreadSettings::flat() const {
  std::vector<Setting> all = flat_;
  all.insert(all.end(), inner_.begin(), inner_.end());
  if (whole_ && !whole_->is(SettingKind::null)) all.push_back(*whole_);
  return all;
}

}  // namespace honua::config
