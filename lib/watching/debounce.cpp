// SPDX-License-Identifier: MIT
#include "watching/debounce.h"

#include <algorithm>

namespace honua::watching {

void Debounce::see(Event event, TimePoint now) {
  if (!first_) first_ = now;
  last_ = now;
  is_complete_ = event == Event::completed;
  if (last_reload_ && now - *last_reload_ > storm_end) quiet_ = options_.quiet;
}

std::optional<TimePoint> Debounce::due() const {
  if (!first_) return std::nullopt;
  const Duration wait = is_complete_ ? quiet_ : std::max(options_.open_quiet, quiet_);
  return std::min(last_ + wait, *first_ + options_.cap);
}

void Debounce::look(bool has_changed, TimePoint now) {
  first_.reset();
  is_complete_ = false;
  if (!has_changed) return;
  const bool is_storm = last_reload_ && now - *last_reload_ < storm_window;
  // Who wants no quiet at all gets none.
  if (is_storm) quiet_ = std::min(std::max(longest_quiet, options_.quiet), 2 * quiet_);
  last_reload_ = now;
}

}  // namespace honua::watching
