// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/boot_clock.h"
#include "coordination/store.h"
#include "coordination/store_directory.h"

// Internal to the module: leases as files that several hosts share.
namespace honua::coordination {

// Older grants of a lease than so many are taken away.
inline constexpr std::uint64_t kept_grants = 16;

// Grants of a name are numbered; the number is the fence. The holder writes another text into `N.beat` from
// time to time. Who wants the name creates the next number, once the holder has created `N.released` or its
// beat has stayed the same for the lease's whole duration, by the clock of the one who looks: clocks of hosts
// are never compared, and nobody takes a file of somebody else away.
class DirectoryLeases {
 public:
  explicit DirectoryLeases(const StoreDirectory& files) : files_(files) {}

  // `least`: the fence is higher than that.
  [[nodiscard]] StoreResult<tl::expected<Lease, LeaseHolder>> acquire(const LeaseRequest& request,
                                                                      std::uint64_t least);
  // Whether it still is the newest grant, and not released.
  [[nodiscard]] StoreResult<bool> is_current(const Lease& lease) const;
  // False if it has ended.
  [[nodiscard]] StoreResult<bool> renew(const Lease& lease) const;
  [[nodiscard]] StoreResult<void> release(const Lease& lease) const;
  // Takes away what is left of old grants, but for the newest `kept`; how many files.
  [[nodiscard]] StoreResult<std::size_t> collect(std::uint64_t kept) const;

 private:
  struct Observed {
    std::uint64_t fence = 0;
    std::string beat;
    BootClock::time_point since;
  };
  // A grant as it is seen now.
  struct Grant {
    std::uint64_t fence = 0;  // 0 for none
    std::string owner;
    bool is_free = true;   // there is none, or it was given back
    bool is_dead = false;  // its holder is not heard of
  };
  [[nodiscard]] StoreResult<Grant> look(const LeaseRequest& request);
  [[nodiscard]] StoreResult<std::uint64_t> newest(const std::string& folder) const;
  [[nodiscard]] StoreResult<std::optional<Lease>> claim(const LeaseRequest& request,
                                                        std::uint64_t fence) const;

  const StoreDirectory& files_;
  // By name; kept from one call to the next: who asks now and then sees a lease end, too.
  std::map<std::string, Observed> observed_;
};

}  // namespace honua::coordination
