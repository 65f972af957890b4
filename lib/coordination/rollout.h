// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "coordination/store.h"

// How a snapshot reaches the instances by steps: all check it before it becomes a version, or a few run it
// before all do. The publisher holds its lease all the time.
namespace honua::coordination {

// How many of the live instances have to accept a proposal; of nothing, all.
struct Quorum {
  std::uint32_t least = 0;
  bool is_percentage = false;
};
// Of so many instances, at least one.
[[nodiscard]] std::size_t accepting_of(const std::optional<Quorum>& quorum, std::size_t live);

// What came of asking.
struct Votes {
  std::size_t live = 0;
  std::size_t accepted = 0;
  std::vector<Instance> refusing;
  std::vector<Instance> silent;  // that live, and did not answer in time
  bool is_accepted = false;
};

// Has all live instances check a snapshot, each in its own environment, and waits for what they say: until
// the outcome is certain, or for as long as `patience`.
[[nodiscard]] StoreResult<Votes> ask_instances(Store& store, const std::string& text,
                                               const std::string& author, const Lease& lease,
                                               const std::optional<Quorum>& quorum,
                                               std::chrono::milliseconds patience);

// So many live instances, by chance, but for the same snapshot the same ones; fewer where there are fewer.
// `excluded`: the IDs of those that are not to be among them.
[[nodiscard]] StoreResult<std::vector<std::string>> choose_canaries(Store& store, std::size_t count,
                                                                    const std::string& hash,
                                                                    const Lease& lease,
                                                                    const std::set<std::string>& excluded);

// What became of a version that canaries run first.
struct CanaryOutcome {
  bool is_healthy = false;
  bool is_superseded = false;        // somebody has published another version
  std::optional<Instance> instance;  // that is not healthy
  std::string reason;                // why not: a clause
};

// What a canary has to take a version over, or to reject it, whatever the hold is.
inline constexpr std::chrono::seconds canary_patience{30};

// Looks at the canaries for as long as `hold`, or until one of them fails; at its end each has to show once
// more that it lives. A store that cannot be asked is asked again for as long as the lease lasts.
[[nodiscard]] StoreResult<CanaryOutcome> await_canaries(Store& store, const VersionRecord& version,
                                                        const Lease& lease, std::chrono::milliseconds hold,
                                                        std::chrono::milliseconds patience = canary_patience);

}  // namespace honua::coordination
