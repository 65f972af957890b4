// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/boot_clock.h"
#include "coordination/store.h"

namespace honua::coordination {

enum class Sign : std::uint8_t {
  live,
  leaving,  // it has said that it ends
  gone,     // it has not been heard of for as long as three heartbeats take
  unknown,  // not yet
};

// How long an instance may say nothing: for three of its heartbeats.
[[nodiscard]] std::chrono::milliseconds patience_with(const Instance& instance);

// Which instances live: those whose heartbeats go on while somebody looks. Clocks of other hosts do not
// count; a store that has one of its own answers at once, in most cases.
class Liveness {
 public:
  // What the store says of all instances at a moment.
  void take(const std::vector<Instance>& instances, BootClock::time_point now);
  // Of an instance that was among them.
  [[nodiscard]] Sign sign_of(const Instance& instance) const;

 private:
  struct Seen {
    std::uint64_t beat = 0;
    BootClock::time_point since;
    bool has_gone_on = false;
  };
  std::map<std::string, Seen> seen_;
  BootClock::time_point now_;
  bool has_looked_ = false;
};

}  // namespace honua::coordination
