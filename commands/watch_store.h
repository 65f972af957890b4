// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/boot_clock.h"
#include "commands/command.h"
#include "commands/followed.h"
#include "commands/store_access.h"
#include "commands/watch_candidate.h"
#include "coordination/store.h"
#include "watching/event.h"
#include "watching/watch_list.h"

namespace honua::commands {

// How often a store is tried that is not there, and looked after at least.
inline constexpr std::chrono::milliseconds tick_interval{2'500};

// The place of an instance among others: it follows the store's head, or publishes what its files say.
class StoreSession {
 public:
  using Open = std::function<coordination::StoreResult<std::unique_ptr<coordination::Store>>()>;

  // `open`: opens the store, again and again until it is there.
  // `splay`: a version that others publish is taken over at a moment within that time, which is this
  // instance's own.
  StoreSession(Open open, bool competes, std::chrono::milliseconds lease, std::chrono::milliseconds splay);
  StoreSession(const StoreSession&) = delete;
  StoreSession& operator=(const StoreSession&) = delete;
  ~StoreSession();

  // What the store is called, and where its changes show; nothing before it was there.
  [[nodiscard]] std::string name() const { return store_ ? store_->name() : ""; }
  [[nodiscard]] watching::WatchList watch_list() const;
  // Nothing for a store that files tell of, or that was not there yet.
  [[nodiscard]] std::unique_ptr<coordination::Subscription> subscribe() const;
  // Whether it holds the lease to publish, as far as it can know.
  [[nodiscard]] bool leads() const;
  [[nodiscard]] bool competes() const { return competes_; }

  // What the head is, by the table of what a follower may do: it goes on in the history that it knows, and
  // never back. A history that forked and has got further is followed, and told of. `with_text`: also of the
  // version that runs.
  [[nodiscard]] Followed follow(bool with_text);
  // When the version is due that waits for its moment; nothing where none does.
  [[nodiscard]] std::optional<BootClock::time_point> due() const { return due_; }
  // How often to ask whether beat() is due.
  [[nodiscard]] std::chrono::milliseconds beat_interval() const;
  // Whether it is: as often as the store wants to hear of an instance, or the lease has to be renewed.
  [[nodiscard]] bool is_beat_due() const;

  // That somebody has told of something since beat() has asked.
  void hear() {
    fresh_state_.reset();
    if (store_) store_->heard();
  }
  // Asks the store what it says, for who does not follow it.
  void ask() { (void)ask_state(); }
  // What this instance is asked to check, and has not checked yet.
  [[nodiscard]] std::optional<coordination::Proposal> open_proposal() const;
  [[nodiscard]] coordination::StoreResult<std::string> text_of(const coordination::Proposal& proposal);
  // Says what has come of it; "" for nothing that speaks against it.
  void vote(const coordination::Proposal& proposal, const std::string& objection);
  // Tells servers that know nothing of stores. What has gone wrong, if something has.
  [[nodiscard]] coordination::StoreResult<void> announce(const std::string& path);

  // That a version runs now.
  void apply(const coordination::VersionRecord& record, const std::string& environment_hash);
  void reject(const coordination::VersionRecord& record, const std::string& reason);

  // Publishes as the holder of the lease.
  [[nodiscard]] coordination::StoreResult<coordination::PublishOutcome> publish(
      const SoundConfiguration& sound, const std::string& summary, std::chrono::sys_seconds now,
      const std::string& author);

  // What has become of the lease.
  enum class Change : std::uint8_t { none, gained, lost };
  // Says that the instance lives, and asks for the lease or renews
  // it. The trouble with the store, if any.
  [[nodiscard]] coordination::StoreResult<Change> beat();
  // What somebody left behind who published by hand: a rollback, or a version for which the lease was taken
  // away from its holder.
  struct Overruled {
    bool is_by_hand = false;  // the head is such a version, or says the same as one
    coordination::VersionRecord head;
    std::map<std::string, std::uint64_t> versions;  // hashes and their versions
  };
  [[nodiscard]] Overruled overruled();
  // Whether the store is not the one that is followed, or not as it was left.
  [[nodiscard]] bool is_in_conflict() const { return is_in_conflict_; }
  // Why others do not see this instance, once for each reason; "" for nothing new.
  [[nodiscard]] std::string take_beat_trouble() { return std::exchange(new_beat_trouble_, ""); }
  // For who finds that the store is not as it was left: as long as it cannot be followed, nothing is
  // published.
  void give_up_lease();
  // Gives all back.
  void leave();

  // Who holds the lease instead; "" if nobody is known.
  [[nodiscard]] const std::string& other_holder() const { return other_holder_; }
  [[nodiscard]] const std::optional<coordination::VersionRecord>& applied() const { return applied_; }

 private:
  using Clock = BootClock;
  [[nodiscard]] coordination::StoreResult<Change> ask_for_lease();
  [[nodiscard]] coordination::StoreResult<Change> renew_lease();
  void adopt_barrier();
  void tell_now();
  [[nodiscard]] coordination::StoreResult<void> say_that_it_lives();
  [[nodiscard]] coordination::StoreResult<void> open();
  [[nodiscard]] Followed ask_head(bool with_text);
  [[nodiscard]] bool is_continued_by(const std::optional<coordination::VersionRecord>& head) const;
  [[nodiscard]] coordination::StoreResult<coordination::StoreState> ask_state();
  void know(const coordination::StoreResult<coordination::StoreState>& state);
  [[nodiscard]] Followed follow_from(const coordination::VersionRecord& head, bool with_text);
  [[nodiscard]] bool is_due(const coordination::VersionRecord& version);
  void say_that_it_waits(bool waits);

  Open open_;
  std::unique_ptr<coordination::Store> store_;
  bool competes_;
  std::chrono::milliseconds lease_time_;
  std::chrono::milliseconds splay_;
  std::optional<Clock::time_point> due_;
  std::optional<coordination::Proposal> proposal_;  // that the store had last
  std::optional<coordination::Lease> lease_;
  Clock::time_point renewed_;
  bool is_in_conflict_ = false;  // with what the store says
  std::string other_holder_;
  std::string epoch_;  // of the store that was followed first
  std::optional<coordination::VersionRecord> applied_;
  coordination::Instance instance_;
  std::optional<Clock::time_point> beaten_;  // when it last said that it lives
  // What the store said to a heartbeat, for the look that follows.
  std::optional<coordination::StoreResult<coordination::StoreState>> fresh_state_;
  std::string beat_trouble_;
  std::string new_beat_trouble_;
  // The snapshot that was fetched last, where it is looked at again and again.
  std::string text_hash_;
  std::string text_;
  bool keeps_text_ = false;
  // What is published now, and the name of the request.
  std::string pending_hash_;
  std::string pending_request_;
};

}  // namespace honua::commands
