// SPDX-License-Identifier: MIT
#include "coordination/liveness.h"

#include <algorithm>
#include <chrono>

namespace honua::coordination {

namespace {

using std::chrono::milliseconds;

// So many heartbeats may be missed by an instance that lives.
constexpr int missed_beats = 3;
// Nobody beats more seldom; what says so is not believed.
constexpr milliseconds longest_interval{60'000};
// A heartbeat that comes that much later than it should is none that was missed.
constexpr milliseconds usual_delay{1'000};

milliseconds interval_of(const Instance& instance) {
  return std::min(milliseconds(instance.interval), longest_interval);
}

}  // namespace

milliseconds patience_with(const Instance& instance) { return interval_of(instance) * missed_beats; }

void Liveness::take(const std::vector<Instance>& instances, BootClock::time_point now) {
  for (const Instance& one : instances) {
    const auto [at, is_new] = seen_.try_emplace(one.id, Seen{one.beat, now, has_looked_});
    if (is_new || at->second.beat == one.beat) continue;
    at->second = Seen{one.beat, now, true};
  }
  now_ = now;
  has_looked_ = true;
}

Sign Liveness::sign_of(const Instance& instance) const {
  if (instance.state == "leaving") return Sign::leaving;
  const milliseconds interval = interval_of(instance);
  const milliseconds patience = patience_with(instance);
  if (instance.age && *instance.age > patience) return Sign::gone;
  if (instance.age && *instance.age <= interval + usual_delay) return Sign::live;
  const auto seen = seen_.find(instance.id);
  if (seen == seen_.end()) return Sign::unknown;
  const bool is_recent = now_ - seen->second.since < patience;
  if (seen->second.has_gone_on) return is_recent ? Sign::live : Sign::gone;
  // Of what is younger by the store's clock, that clock tells when it is over.
  return is_recent || instance.age ? Sign::unknown : Sign::gone;
}

}  // namespace honua::coordination
