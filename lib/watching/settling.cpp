// SPDX-License-Identifier: MIT
#include "watching/settling.h"

namespace honua::watching {

Duration Settling::hold_of(Finding finding) {
  switch (finding) {
    case Finding::invalid: return invalid_hold;
    case Finding::empty: return empty_hold;
    case Finding::missing: return missing_hold;
    case Finding::sound: break;
  }
  return Duration::zero();
}

bool Settling::tell(Finding finding, const std::string& hash, TimePoint now, bool at_once) {
  const bool is_told = finding == told_ && hash == told_hash_;
  if (is_told) {
    held_.reset();
    return false;
  }
  // Since when it is no configuration: a file that goes, comes back empty and is filled in three steps is
  // waited for once. What is wrong must have been so for its own time.
  const bool is_same = held_ && held_->finding == finding && held_->hash == hash;
  if (!is_same) held_ = Held{finding, hash, now};
  if (!at_once && now < held_->since + hold_of(finding)) return false;
  told_ = finding;
  told_hash_ = hash;
  held_.reset();
  return true;
}

std::optional<TimePoint> Settling::due() const {
  if (!held_) return std::nullopt;
  return held_->since + hold_of(held_->finding);
}

}  // namespace honua::watching
