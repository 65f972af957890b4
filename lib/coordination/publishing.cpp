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

// One holder that was stopped has one version on its way.
constexpr int most_barrier_tries = 10;

PublishRequest barrier_of(const StoreState& state, const std::string& text, const LeaseRequest& request,
                          const Lease& lease) {
  const VersionRecord& head = *state.head;
  PublishRequest barrier;
  barrier.text = text;
  barrier.kind = VersionKind::barrier;
  barrier.expected = head.version;
  barrier.author = request.owner;
  barrier.message = "the lease was taken over";
  barrier.lease = lease;
  // What only canaries run stays so.
  if (head.version > state.promoted) barrier.canaries = head.canaries;
  barrier.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return barrier;
}

}  // namespace

StoreResult<VersionRecord> version_after(const PublishRequest& request, const std::string& hash,
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
  record.takes_over = request.takes_over;
  record.previous_chain = head ? head->chain : "";
  record.chain = chain_of(record);
  const auto time = record.time.time_since_epoch().count();
  if (time < 0 || static_cast<std::uint64_t>(time) > greatest_time)
    return trouble(StoreTrouble::refused, "the clock of this host is not between 1970 and 9999");
  if (record.fence > greatest_number || record.version > greatest_number)
    return trouble(StoreTrouble::corrupt, "its numbers are greater than any that were given");
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
  // What the old holder still made meanwhile is what the barrier says then.
  for (int tries = 0; tries < most_barrier_tries; ++tries) {
    const auto state = store.state();
    if (!state) return tl::unexpected(state.error());
    if (!state->head) return {};
    const auto text = store.object(state->head->hash);
    if (!text && text.error().trouble == StoreTrouble::unavailable) return tl::unexpected(text.error());
    // A snapshot that cannot be read needs a publisher all the same.
    if (!text) return {};
    const auto published = store.publish(barrier_of(*state, *text, request, lease));
    if (!published) return tl::unexpected(published.error());
    if (published->result == PublishResult::stale_fence)
      return trouble(StoreTrouble::unavailable, "the lease was taken over at once");
    if (published->result != PublishResult::conflict) return {};
  }
  return trouble(StoreTrouble::unavailable, "others publish too fast");
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
  is_lost_ = !*held;
  if (is_lost_) return trouble(StoreTrouble::unavailable, lost_lease);
  renewed_ = asked;
  return {};
}

}  // namespace honua::coordination
