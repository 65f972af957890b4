// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coordination/store.h"

// Internal to the module: what is wrong with a store's versions.
namespace honua::coordination {

// Takes versions one by one, in their order.
struct LogVerifier {
  using Place = std::string (*)(std::uint64_t version);

  // `first_kept`: the first whose snapshot is kept. `place`: what a version is called in a fault.
  LogVerifier(std::uint64_t first_kept, Place place) : oldest(first_kept), place_of(place) {}

  // Nothing for a record that cannot be used, with the reason.
  void take(std::uint64_t version, const std::optional<VersionRecord>& record, const std::string& fault);

  std::uint64_t oldest;
  Place place_of;
  std::vector<StoreFault> faults;
  std::map<std::string, std::uint64_t> objects;  // the hashes that are needed, and a version that needs each
  std::optional<VersionRecord> before;
  std::uint64_t expected = 0;  // the next one
};

// Of a snapshot that is not there, or not what it should be.
[[nodiscard]] std::string object_fault(const StoreError& error, std::uint64_t version);

inline constexpr const char* collected_fault = "it names a version that does not exist";
// Whether the oldest kept version is behind the newest.
[[nodiscard]] bool is_beyond(std::uint64_t oldest, std::uint64_t last);
// What is kept once the newest so many are.
[[nodiscard]] std::uint64_t oldest_to_keep(std::uint64_t oldest_before, std::uint64_t last,
                                           std::size_t kept_versions);

}  // namespace honua::coordination
