// SPDX-License-Identifier: MIT
#pragma once

#include "base/boot_clock.h"
#include "coordination/store.h"

namespace honua::coordination {

// Renews a lease during work that takes longer than it lasts.
class LeaseKeeper {
 public:
  // Both must outlive it.
  LeaseKeeper(Store& store, const Lease& lease) : store_(store), lease_(lease), renewed_(BootClock::now()) {}

  // Before each step. An error if the lease is lost.
  [[nodiscard]] StoreResult<void> keep();
  // Whether it is, as far as it was found.
  [[nodiscard]] bool is_lost() const { return is_lost_; }

 private:
  Store& store_;
  const Lease& lease_;
  BootClock::time_point renewed_;
  bool is_lost_ = false;
};

}  // namespace honua::coordination
