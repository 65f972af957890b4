// SPDX-License-Identifier: MIT
#include "coordination/rollout.h"

#include <algorithm>
#include <map>
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
// Once somebody has refused it, what others have to have their say as well: all of them are named.
constexpr milliseconds last_word{1'000};
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

  // Whether it is worth while to look again after a look that failed: the lease may still be ours.
  [[nodiscard]] bool may_go_on() const { return !keeper_.is_lost(); }

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

// The canaries of a version, from its publishing to the moment when all may run it.
class CanaryWatch {
 public:
  CanaryWatch(const VersionRecord& version, milliseconds hold, milliseconds patience)
      : version_(version),
        end_(BootClock::now() + hold),
        last_(BootClock::now() + std::max(hold, patience)) {}

  // That the store could not be asked up to now.
  void note_outage() { back_ = BootClock::now(); }

  // Nothing as long as there is something to wait for.
  [[nodiscard]] std::optional<CanaryOutcome> judge(const InstanceWatch& fleet) {
    const auto now = BootClock::now();
    bool is_over = now >= end_;
    for (const std::string& id : version_.canaries) {
      const auto found = std::ranges::find(fleet.instances(), id, &Instance::id);
      if (found == fleet.instances().end()) return failed(nameless(id), "it is no longer there");
      // Who could not say that it lives may need a while to say so again.
      const bool may_be_back =
          back_ && fleet.sign_of(*found) == Sign::gone && now - *back_ < patience_with(*found);
      if (may_be_back) {
        is_over = false;
        continue;
      }
      std::string complaint = complaint_of(fleet, *found, version_);
      const bool runs = found->version >= version_.version && found->state == "applied";
      if (complaint.empty() && !runs && now >= last_) complaint = "it does not run the version yet";
      if (!complaint.empty()) return failed(*found, std::move(complaint));
      is_over = is_over && runs && has_lived_on(*found);
    }
    if (!is_over) return std::nullopt;
    return CanaryOutcome{true, false, std::nullopt, ""};
  }

 private:
  static Instance nameless(const std::string& id) {
    Instance lost;
    lost.id = id;
    return lost;
  }
  static CanaryOutcome failed(Instance canary, std::string reason) {
    return {false, false, std::move(canary), std::move(reason)};
  }
  // Whether it was heard of since the hold was over. One that never is will be gone.
  bool has_lived_on(const Instance& canary) {
    const auto [at, is_first] = beats_.try_emplace(canary.id, canary.beat);
    return !is_first && canary.beat != at->second;
  }

  const VersionRecord& version_;
  BootClock::time_point end_;
  BootClock::time_point last_;
  std::optional<BootClock::time_point> back_;   // when the store was there again
  std::map<std::string, std::uint64_t> beats_;  // as they were at the hold's end
};

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
  auto last = end;
  while (true) {
    looked = fleet.look();
    if (!looked) break;
    count = count_votes(fleet, proposal.id, quorum);
    const auto now = BootClock::now();
    const bool is_heard = count.votes.is_accepted || count.votes.silent.empty();
    if (count.is_certain) last = std::min(last, now + last_word);
    if ((count.is_certain && is_heard) || now >= last) break;
    std::this_thread::sleep_for(look_interval);
  }
  const auto withdrawn = store.withdraw(lease);
  if (!looked) return tl::unexpected(looked.error());
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  return std::move(count.votes);
}

StoreResult<std::vector<std::string>> choose_canaries(Store& store, std::size_t count,
                                                      const std::string& hash, const Lease& lease,
                                                      const std::set<std::string>& excluded) {
  InstanceWatch fleet(store, lease);
  std::vector<std::pair<std::string, std::string>> live;  // by chance, as the digest has it
  while (true) {
    const auto looked = fleet.look();
    if (!looked) return tl::unexpected(looked.error());
    live.clear();
    bool is_certain = true;
    for (const Instance& one : fleet.instances()) {
      if (excluded.contains(one.id)) continue;
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
                                          milliseconds hold, milliseconds patience) {
  CanaryWatch canaries(version, hold, patience);
  InstanceWatch fleet(store, lease);
  auto heard = BootClock::now();
  while (true) {
    const auto looked = fleet.look();
    const auto head = looked ? store.head() : tl::unexpected(looked.error());
    if (head) {
      heard = BootClock::now();
      if (!*head || (*head)->chain != version.chain) return CanaryOutcome{false, true, std::nullopt, ""};
      if (auto outcome = canaries.judge(fleet)) return *std::move(outcome);
    } else {
      canaries.note_outage();
      const bool is_away = head.error().trouble == StoreTrouble::unavailable && fleet.may_go_on();
      if (!is_away || BootClock::now() - heard >= lease.duration) return tl::unexpected(head.error());
    }
    std::this_thread::sleep_for(canary_interval);
  }
}

}  // namespace honua::coordination
