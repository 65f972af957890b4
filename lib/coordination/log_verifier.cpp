// SPDX-License-Identifier: MIT
#include "coordination/log_verifier.h"

#include <algorithm>

namespace honua::coordination {

void LogVerifier::take(std::uint64_t version, const std::optional<VersionRecord>& record,
                       const std::string& fault) {
  const bool has_gap = expected != 0 && expected != version;
  if (has_gap) {
    const std::string last = std::to_string(version - 1);
    const std::string more = version == expected + 1 ? "" : ", as are all up to " + last;
    faults.push_back({place_of(expected), "it is missing" + more});
  }
  expected = version + 1;
  if (has_gap || !record) before.reset();
  if (!record) {
    faults.push_back({place_of(version), fault});
    return;
  }
  const bool is_known = before || version == 1;
  if (is_known && record->previous_chain != (before ? before->chain : ""))
    faults.push_back({place_of(version), "it does not follow the version before"});
  if (before && record->fence < before->fence)
    faults.push_back({place_of(version), "its fence is lower than that of the version before"});
  if (version >= oldest) objects.emplace(record->hash, version);
  before = *record;
}

std::string object_fault(const StoreError& error, std::uint64_t version) {
  return error.message + " (of version " + std::to_string(version) + ")";
}

bool is_beyond(std::uint64_t oldest, std::uint64_t last) { return oldest > std::max(last, std::uint64_t{1}); }

std::uint64_t oldest_to_keep(std::uint64_t oldest_before, std::uint64_t last, std::size_t kept_versions) {
  const std::uint64_t first = last > kept_versions ? last - kept_versions + 1 : 1;
  return std::max(oldest_before, first);
}

}  // namespace honua::coordination
