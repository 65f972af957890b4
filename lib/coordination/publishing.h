// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "coordination/store.h"
#include "coordination/version_record.h"

// Internal to the module: what publishing is to every store.
namespace honua::coordination {

inline constexpr const char* lost_lease = "the lease was taken over meanwhile";

// The record that a request becomes behind a head. Texts that are too long are cut. An error where nobody
// could read it, as with a clock that is before 1970.
[[nodiscard]] StoreResult<VersionRecord> version_after(const PublishRequest& request, const std::string& hash,
                                                       const std::optional<VersionRecord>& head);

// Whether the head is what the request expects. Barriers say the same as the version before them.
[[nodiscard]] StoreResult<bool> fulfils(Store& store, const PublishRequest& request,
                                        const std::optional<VersionRecord>& head);

// Where the lease to publish was taken over, publishes a barrier: what the old holder was about to write
// comes too late after it.
[[nodiscard]] StoreResult<void> bar_old_holder(Store& store, const LeaseRequest& request, const Lease& lease);

// What a request comes to that has made a version before.
[[nodiscard]] PublishOutcome repeated_outcome(VersionRecord made, const std::string& hash);

}  // namespace honua::coordination
