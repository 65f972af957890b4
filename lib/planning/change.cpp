// SPDX-License-Identifier: MIT
#include "planning/change.h"

#include <algorithm>
#include <tuple>

namespace honua::planning {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::breaking: return "breaking";
    case Level::risky: return "risky";
    case Level::additive: return "additive";
    case Level::neutral: return "neutral";
  }
  return "neutral";
}

std::string_view to_string(Security security) {
  switch (security) {
    case Security::none: return "none";
    case Security::weaker: return "weaker";
    case Security::stronger: return "stronger";
  }
  return "none";
}

std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::none: return "none";
    case Effect::reload: return "reload";
    case Effect::reconnect: return "reconnect";
    case Effect::flush: return "flush";
    case Effect::restart: return "restart";
    case Effect::migrate: return "migrate";
  }
  return "none";
}

std::string_view to_string(Area area) {
  switch (area) {
    case Area::layer: return "layer";
    case Area::field: return "field";
    case Area::service: return "service";
    case Area::source: return "source";
    case Area::cache: return "cache";
    case Area::limit: return "limit";
    case Area::cors: return "cors";
    case Area::platform: return "platform";
    case Area::plan: return "plan";
  }
  return "plan";
}

void ChangeSet::sort() {
  std::ranges::stable_sort(
      changes, {}, [](const Change& one) { return std::tuple(one.level, one.address, one.rule->rule.code); });
}

std::size_t ChangeSet::count(Level level) const {
  return static_cast<std::size_t>(std::ranges::count(changes, level, &Change::level));
}

std::size_t ChangeSet::count(Security security) const {
  return static_cast<std::size_t>(std::ranges::count(changes, security, &Change::security));
}

}  // namespace honua::planning
