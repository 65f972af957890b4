// SPDX-License-Identifier: MIT
#include "coordination/publishing.h"

#include <chrono>
#include <cstddef>
#include <utility>

#include "coordination/lease_keeper.h"
#include "text/words.h"

namespace honua::coordination {

namespace {

// Of authors, hosts, summaries and requests.
constexpr std::size_t max_name_size = 256;

}  // namespace

VersionRecord version_after(const PublishRequest& request, const std::string& hash,
                            const std::optional<VersionRecord>& head) {
  VersionRecord record;
  record.version = head ? head->version + 1 : 1;
  record.hash = hash;
  record.kind = request.kind;
  record.of = request.of;
  record.fence = request.lease ? request.lease->fence : head ? head->fence : 0;
  record.time = request.time;
  record.author = text::clipped(request.author, max_name_size);
  record.host = text::clipped(request.host, max_name_size);
  record.message = text::clipped(request.message, max_message_size);
  record.summary = text::clipped(request.summary, max_name_size);
  record.request = text::clipped(request.request, max_name_size);
  record.canaries = request.canaries;
  record.previous_chain = head ? head->chain : "";
  record.chain = chain_of(record);
  return record;
}

StoreResult<bool> fulfils(Store& store, const PublishRequest& request,
                          const std::optional<VersionRecord>& head) {
  if (!request.expected) return true;
  if (!head) return *request.expected == 0;
  if (*request.expected > head->version) return false;
  VersionRecord at = *head;
  while (at.version > *request.expected) {
    if (at.kind != VersionKind::barrier) return false;
    auto before = store.version(at.version - 1);
    if (!before) return tl::unexpected(before.error());
    at = *std::move(before);
  }
  return true;
}

StoreResult<void> bar_old_holder(Store& store, const LeaseRequest& request, const Lease& lease) {
  if (!lease.is_taken_over || request.name != publisher_lease) return {};
  const auto newest = store.head();
  if (!newest) return tl::unexpected(newest.error());
  if (!*newest) return {};
  const auto text = store.object((*newest)->hash);
  // A snapshot that cannot be read needs a publisher all the same.
  if (!text) return {};
  PublishRequest barrier;
  barrier.text = *text;
  barrier.kind = VersionKind::barrier;
  barrier.author = request.owner;
  barrier.message = "the lease was taken over";
  barrier.lease = lease;
  // What only canaries run stays so.
  barrier.canaries = (*newest)->canaries;
  barrier.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto published = store.publish(barrier);
  if (!published) return tl::unexpected(published.error());
  if (published->result == PublishResult::stale_fence)
    return trouble(StoreTrouble::unavailable, "the lease was taken over at once");
  return {};
}

PublishOutcome repeated_outcome(VersionRecord made, const std::string& hash) {
  const bool is_same = made.hash == hash;
  return {is_same ? PublishResult::repeated : PublishResult::reused, std::move(made)};
}

StoreResult<void> LeaseKeeper::keep() {
  constexpr int renewals_in_lease = 3;
  const auto asked = BootClock::now();
  if (asked - renewed_ < lease_.duration / renewals_in_lease) return {};
  const auto held = store_.renew(lease_);
  if (!held) return tl::unexpected(held.error());
  if (!*held) return trouble(StoreTrouble::unavailable, lost_lease);
  renewed_ = asked;
  return {};
}

}  // namespace honua::coordination
