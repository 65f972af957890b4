// SPDX-License-Identifier: MIT
#include "coordination/rollout.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/boot_clock.h"
#include "coordination/lease_keeper.h"
#include "coordination/liveness.h"
#include "snapshot/hash.h"
#include "text/digest.h"

namespace honua::coordination {

namespace {

using std::chrono::milliseconds;

// Instances need some milliseconds for an answer; a thousand of them are read in a few.
constexpr milliseconds look_interval{50};
// Who they are does not change so fast.
constexpr milliseconds canary_interval{200};

// All instances again and again, under a lease that is kept.
class InstanceWatch {
 public:
  InstanceWatch(Store& store, const Lease& lease) : store_(store), keeper_(store, lease) {}

  // What they say now.
  [[nodiscard]] StoreResult<void> look() {
    const auto held = keeper_.keep();
    if (!held) return tl::unexpected(held.error());
    auto now = store_.instances();
    if (!now) return tl::unexpected(now.error());
    instances_ = *std::move(now);
    liveness_.take(instances_, BootClock::now());
    return {};
  }

  [[nodiscard]] const std::vector<Instance>& instances() const { return instances_; }
  [[nodiscard]] Sign sign_of(const Instance& instance) const { return liveness_.sign_of(instance); }

 private:
  Store& store_;
  LeaseKeeper keeper_;
  Liveness liveness_;
  std::vector<Instance> instances_;
};

struct Count {
  Votes votes;
  bool is_certain = false;
};

Count count_votes(const InstanceWatch& fleet, const std::string& proposal,
                  const std::optional<Quorum>& quorum) {
  Count count;
  Votes& votes = count.votes;
  for (const Instance& one : fleet.instances()) {
    const Sign sign = fleet.sign_of(one);
    if (sign == Sign::leaving) continue;
    // Who answers lives, and so may who is not known to be gone.
    if (one.proposal == proposal) {
      votes.accepted += one.accepts ? 1U : 0U;
      if (!one.accepts) votes.refusing.push_back(one);
    } else if (sign != Sign::gone) {
      votes.silent.push_back(one);
    }
  }
  votes.live = votes.accepted + votes.refusing.size() + votes.silent.size();
  const std::size_t needed = accepting_of(quorum, votes.live);
  votes.is_accepted = votes.accepted >= needed;
  // However those decide that have not answered yet; some of them may turn out to be gone.
  const std::size_t answered = votes.accepted + votes.refusing.size();
  const bool can_win =
      votes.live - votes.refusing.size() >= needed || votes.accepted >= accepting_of(quorum, answered);
  count.is_certain = votes.is_accepted || !can_win || votes.live == 0;
  return count;
}

std::string complaint_of(const InstanceWatch& fleet, const Instance& canary, const VersionRecord& version) {
  const Sign sign = fleet.sign_of(canary);
  if (sign == Sign::leaving) return "it has ended";
  if (sign == Sign::gone) return "it has not been heard of";
  if (canary.state == "rejected" && canary.rejected_version == version.version)
    return "it rejects the version: " + canary.reason;
  return "";
}

// The first canary that fails. `is_over`: nothing is left to wait for.
CanaryOutcome judge_canaries(const InstanceWatch& fleet, const VersionRecord& version, bool is_over) {
  for (const std::string& id : version.canaries) {
    const auto found = std::ranges::find(fleet.instances(), id, &Instance::id);
    if (found == fleet.instances().end()) {
      Instance lost;
      lost.id = id;
      return {false, false, lost, "it is no longer there"};
    }
    std::string complaint = complaint_of(fleet, *found, version);
    const bool runs = found->version >= version.version && found->state == "applied";
    if (complaint.empty() && is_over && !runs) complaint = "it does not run the version yet";
    if (!complaint.empty()) return {false, false, *found, complaint};
  }
  return {true, false, std::nullopt, ""};
}

}  // namespace

std::size_t accepting_of(const std::optional<Quorum>& quorum, std::size_t live) {
  constexpr std::size_t percent = 100;
  std::size_t needed = live;
  if (quorum) needed = quorum->is_percentage ? (live * quorum->least + percent - 1) / percent : quorum->least;
  return std::max<std::size_t>(needed, 1);
}

StoreResult<Votes> ask_instances(Store& store, const std::string& text, const std::string& author,
                                 const Lease& lease, const std::optional<Quorum>& quorum,
                                 milliseconds patience) {
  const auto end = BootClock::now() + patience;
  const Proposal proposal{random_name(), snapshot::hash_of(text), author};
  InstanceWatch fleet(store, lease);
  // Before they are asked: who has not gone on since is not there.
  auto looked = fleet.look();
  if (!looked) return tl::unexpected(looked.error());
  const auto proposed = store.propose(proposal, text, lease);
  if (!proposed) return tl::unexpected(proposed.error());
  Count count;
  while (true) {
    looked = fleet.look();
    if (!looked) break;
    count = count_votes(fleet, proposal.id, quorum);
    if (count.is_certain || BootClock::now() >= end) break;
    std::this_thread::sleep_for(look_interval);
  }
  const auto withdrawn = store.withdraw(lease);
  if (!looked) return tl::unexpected(looked.error());
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  return std::move(count.votes);
}

StoreResult<std::vector<std::string>> choose_canaries(Store& store, std::size_t count,
                                                      const std::string& hash, const Lease& lease) {
  InstanceWatch fleet(store, lease);
  std::vector<std::pair<std::string, std::string>> live;  // by chance, as the digest has it
  while (true) {
    const auto looked = fleet.look();
    if (!looked) return tl::unexpected(looked.error());
    live.clear();
    bool is_certain = true;
    for (const Instance& one : fleet.instances()) {
      const Sign sign = fleet.sign_of(one);
      if (sign == Sign::live) live.emplace_back(text::sha256(one.id + hash), one.id);
      is_certain = is_certain && sign != Sign::unknown;
    }
    if (is_certain || live.size() >= count) break;
    std::this_thread::sleep_for(look_interval);
  }
  std::ranges::sort(live);
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < std::min(count, live.size()); ++i) chosen.push_back(live[i].second);
  return chosen;
}

StoreResult<CanaryOutcome> await_canaries(Store& store, const VersionRecord& version, const Lease& lease,
                                          milliseconds hold) {
  const auto end = BootClock::now() + hold;
  InstanceWatch fleet(store, lease);
  while (true) {
    const bool is_over = BootClock::now() >= end;
    const auto looked = fleet.look();
    if (!looked) return tl::unexpected(looked.error());
    const auto head = store.head();
    if (!head) return tl::unexpected(head.error());
    if (!*head || (*head)->chain != version.chain) return CanaryOutcome{false, true, std::nullopt, ""};
    CanaryOutcome outcome = judge_canaries(fleet, version, is_over);
    if (!outcome.is_healthy || is_over) return outcome;
    std::this_thread::sleep_for(canary_interval);
  }
}

}  // namespace honua::coordination
