// SPDX-License-Identifier: MIT
#include "commands/watch_store.h"

#include <unistd.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using coordination::StoreResult;
using coordination::VersionRecord;

// A reason is a sentence of an event, not the event.
constexpr std::size_t max_reason = 1000;
// Behind a rollback, so many versions are looked at for what was rolled back.
constexpr std::size_t most_looked_back = 1000;

Followed conflict(std::string message) {
  Followed found;
  found.result = FollowResult::conflict;
  found.message = std::move(message);
  return found;
}

Followed trouble_of(const coordination::StoreError& error) {
  Followed found;
  // What is damaged is there, and must not be followed.
  const bool is_damaged = error.trouble == coordination::StoreTrouble::corrupt;
  found.result = is_damaged ? FollowResult::conflict : FollowResult::trouble;
  found.message = error.message;
  return found;
}

}  // namespace

StoreSession::StoreSession(Open open, bool competes, std::chrono::milliseconds lease,
                           std::chrono::milliseconds splay)
    : open_(std::move(open)), competes_(competes), lease_time_(lease), splay_(splay) {
  instance_.id = coordination::random_name();
  instance_.host = host_name();
  instance_.pid = static_cast<std::uint64_t>(::getpid());
  instance_.state = "starting";
}

StoreSession::~StoreSession() = default;

bool StoreSession::leads() const {
  return lease_ && Clock::now() - renewed_ < lease_time_ * coordination::trusted_lease_percent / 100;
}

StoreResult<void> StoreSession::open() {
  if (store_) return {};
  auto opened = open_();
  if (!opened) return tl::unexpected(opened.error());
  store_ = *std::move(opened);
  return {};
}

std::chrono::milliseconds StoreSession::beat_interval() const {
  const auto usual = store_ ? std::min(tick_interval, store_->heartbeat_interval()) : tick_interval;
  return competes_ ? std::min(usual, lease_time_ / 3) : usual;
}

bool StoreSession::is_beat_due() const {
  // A tick may come a little early.
  return competes_ || !store_ || !beaten_ ||
         Clock::now() - *beaten_ >= store_->heartbeat_interval() - tick_interval / 2;
}

watching::WatchList StoreSession::watch_list() const {
  return store_ ? store_->watch_list() : watching::WatchList();
}

std::unique_ptr<coordination::Subscription> StoreSession::subscribe() const {
  if (!store_) return nullptr;
  auto made = store_->subscribe();
  return made ? *std::move(made) : nullptr;
}

// What the store says now; its first epoch is the one that counts.
StoreResult<coordination::StoreState> StoreSession::ask_state() {
  const auto opened = open();
  if (!opened) return tl::unexpected(opened.error());
  auto state = store_->state();
  know(state);
  return state;
}

void StoreSession::know(const StoreResult<coordination::StoreState>& state) {
  if (!state) return;
  if (epoch_.empty()) epoch_ = state->epoch;
  proposal_ = state->proposal;
}

Followed StoreSession::follow(bool with_text) {
  Followed found = ask_head(with_text);
  is_in_conflict_ = found.result == FollowResult::conflict;
  return found;
}

Followed StoreSession::ask_head(bool with_text) {
  // Only for who follows: who publishes must not know less than its own lease has written.
  const auto state = fresh_state_ ? *std::move(fresh_state_) : ask_state();
  fresh_state_.reset();
  if (!state) return trouble_of(state.error());
  if (state->epoch != epoch_)
    return conflict("the store was made anew: what runs stays, until the watch is started again");
  const auto ours = version_for(*store_, *state, instance_.id, applied_ ? applied_->version : 0);
  if (!ours) return trouble_of(ours.error());
  if (*ours && !is_due(**ours)) return follow_from(*applied_, with_text);
  if (*ours) return follow_from(**ours, with_text);
  if (applied_)
    return conflict("the store has lost all its versions: version " + std::to_string(applied_->version) +
                    " stays");
  Followed found;
  found.result = FollowResult::nothing;
  return found;
}

// Whether a version may be taken over now. The moment stays when another version comes meanwhile: who
// publishes again and again would keep instances waiting for ever.
bool StoreSession::is_due(const VersionRecord& version) {
  const bool is_canary = std::ranges::find(version.canaries, instance_.id) != version.canaries.end();
  const bool waits = splay_.count() > 0 && !is_canary && applied_ && version.version > applied_->version &&
                     version.hash != applied_->hash;
  if (!waits) {
    if (due_) say_that_it_waits(false);
    due_.reset();
    return true;
  }
  if (!due_) {
    const auto moment = std::hash<std::string>()(instance_.id) % static_cast<std::size_t>(splay_.count());
    due_ = Clock::now() + std::chrono::milliseconds(moment);
    say_that_it_waits(true);
  }
  return Clock::now() >= *due_;
}

// For its moment, with a version that it knows.
void StoreSession::say_that_it_waits(bool waits) {
  if (instance_.state != (waits ? "applied" : "waiting")) return;
  instance_.state = waits ? "waiting" : "applied";
  tell_now();
}

Followed StoreSession::follow_from(const VersionRecord& head, bool with_text) {
  Followed found;
  found.record = head;
  if (applied_) {
    const std::uint64_t ours = applied_->version;
    const bool is_ours = head.chain == applied_->chain;
    if (is_ours && !with_text) return found;
    if (head.version < ours)
      return conflict("the store went back to version " + std::to_string(head.version) + ": version " +
                      std::to_string(ours) + " stays");
    if (!is_ours) {
      const auto before = store_->version(ours);
      const bool is_forgotten = !before && before.error().trouble == coordination::StoreTrouble::missing;
      if (!before && !is_forgotten) return trouble_of(before.error());
      // What is too old to be kept leads to no version that could be compared.
      found.has_diverged = is_forgotten || before->chain != applied_->chain;
      found.skipped = head.version > ours ? head.version - ours - 1 : 0;
      // The same snapshot again has nothing to be checked.
      if (head.hash == applied_->hash && !found.has_diverged && !with_text) return found;
    }
  }
  if (text_hash_ == head.hash) {
    found.text = text_;
    return found;
  }
  auto text = store_->object(head.hash);
  // The head's snapshot is kept as long as it is the head's.
  if (!text && text.error().trouble == coordination::StoreTrouble::missing)
    return conflict("version " + std::to_string(head.version) +
                    " cannot be followed: " + text.error().message);
  if (!text) return trouble_of(text.error());
  // Looked at again with other values of the environment, or as long as it is rejected.
  text_hash_ = head.hash;
  text_ = *text;
  keeps_text_ = with_text;
  found.text = *std::move(text);
  return found;
}

void StoreSession::apply(const VersionRecord& record, const std::string& environment_hash) {
  applied_ = record;
  instance_.version = record.version;
  instance_.hash = record.hash;
  instance_.chain = record.chain;
  instance_.fingerprint = coordination::fingerprint_of(epoch_, environment_hash);
  instance_.state = "applied";
  instance_.reason.clear();
  instance_.rejected_version = 0;
  if (!keeps_text_) {
    text_hash_.clear();
    text_ = std::string();
  }
  tell_now();
}

void StoreSession::reject(const VersionRecord& record, const std::string& reason) {
  instance_.state = "rejected";
  instance_.reason = text::clipped(reason, max_reason);
  instance_.rejected_version = record.version;
  tell_now();
}

// Whether what ran last is in the store's history.
bool StoreSession::is_continued_by(const std::optional<VersionRecord>& head) const {
  if (!applied_) return true;
  if (!head || head->version < applied_->version) return false;
  if (head->version == applied_->version) return head->chain == applied_->chain;
  const auto ours = store_->version(applied_->version);
  return ours && ours->chain == applied_->chain;
}

StoreSession::Overruled StoreSession::overruled() {
  Overruled found;
  if (!ask_state()) return found;
  const auto history = store_->history(most_looked_back);
  if (!history || history->empty()) return found;
  found.head = history->front();
  bool goes_back = false;
  for (const VersionRecord& one : *history) {
    const bool is_same = one.hash == found.head.hash;
    if (!found.is_by_hand) {
      goes_back = one.kind == coordination::VersionKind::rollback;
      found.is_by_hand = goes_back || one.takes_over;
      // Something was published since.
      if (!is_same) break;
      continue;
    }
    if (is_same) break;
    found.versions.emplace(one.hash, one.version);
    // A rollback leaves all behind down to what it goes back to; others what they came over.
    if (!goes_back && one.kind != coordination::VersionKind::barrier) break;
  }
  return found;
}

std::optional<coordination::Proposal> StoreSession::open_proposal() const {
  return proposal_ && proposal_->id != instance_.proposal ? proposal_ : std::nullopt;
}

StoreResult<std::string> StoreSession::text_of(const coordination::Proposal& proposal) {
  return store_->object(proposal.hash);
}

void StoreSession::vote(const coordination::Proposal& proposal, const std::string& objection) {
  instance_.proposal = proposal.id;
  instance_.accepts = objection.empty();
  instance_.objection = text::clipped(objection, max_reason);
  tell_now();
}

StoreResult<void> StoreSession::announce(const std::string& path) { return store_->announce(path); }

void StoreSession::give_up_lease() {
  if (lease_ && store_) (void)store_->release(*lease_);
  lease_.reset();
  is_in_conflict_ = true;
}

StoreResult<coordination::PublishOutcome> StoreSession::publish(const SoundConfiguration& sound,
                                                                const std::string& summary,
                                                                std::chrono::sys_seconds now,
                                                                const std::string& author) {
  const auto state = ask_state();
  if (!state) return tl::unexpected(state.error());
  const std::optional<VersionRecord>& head = state->head;
  const bool goes_on = state->epoch == epoch_ && is_continued_by(head);
  if (!goes_on)
    return coordination::PublishOutcome{coordination::PublishResult::conflict,
                                        head.value_or(VersionRecord{})};
  coordination::PublishRequest request;
  request.text = sound.text;
  // The lease keeps others from publishing; who does so without one is not overwritten unseen.
  request.expected = head ? head->version : 0;
  request.author = author;
  request.host = instance_.host;
  request.summary = summary;
  request.lease = lease_;
  request.time = now;
  // Tried again, it is the same request: the answer to the first may have been lost.
  if (sound.hash == pending_hash_) request.request = pending_request_;
  pending_hash_ = sound.hash;
  pending_request_ = request.request;
  request.is_named = true;
  auto outcome = store_->publish(request);
  if (outcome) pending_hash_.clear();
  return outcome;
}

StoreResult<StoreSession::Change> StoreSession::ask_for_lease() {
  const auto asked = Clock::now();
  auto granted = store_->acquire(
      {coordination::publisher_lease, lease_owner(), lease_time_, std::chrono::milliseconds(0)});
  if (!granted) return tl::unexpected(granted.error());
  if (!*granted) {
    other_holder_ = text::printable(granted->error().owner);
    return Change::none;
  }
  lease_ = **std::move(granted);
  renewed_ = asked;
  other_holder_.clear();
  adopt_barrier();
  tell_now();
  return Change::gained;
}

// What the store wrote when the lease was taken over says the same as what runs.
void StoreSession::adopt_barrier() {
  const auto head = store_->head();
  const bool is_barrier = applied_ && head && *head && (*head)->kind == coordination::VersionKind::barrier &&
                          (*head)->previous_chain == applied_->chain;
  if (!is_barrier) return;
  applied_ = **head;
  instance_.version = applied_->version;
  instance_.chain = applied_->chain;
}

StoreResult<StoreSession::Change> StoreSession::renew_lease() {
  const auto asked = Clock::now();
  const auto held = store_->renew(*lease_);
  if (held && *held) {
    renewed_ = asked;
    return Change::none;
  }
  // Who cannot reach the store may hold it still, and trusts in that for a while.
  if (!held && leads()) return tl::unexpected(held.error());
  lease_.reset();
  tell_now();
  return Change::lost;
}

// Others see at once what has changed.
void StoreSession::tell_now() {
  ++instance_.beat;
  instance_.leads = leads();
  (void)store_->beat(instance_);
}

StoreResult<void> StoreSession::say_that_it_lives() {
  beaten_ = Clock::now();
  ++instance_.beat;
  instance_.leads = leads();
  instance_.interval = static_cast<std::uint64_t>(store_->heartbeat_interval().count());
  auto pulse = store_->pulse(instance_);
  fresh_state_ = std::move(pulse.state);
  if (fresh_state_) know(*fresh_state_);
  const std::string trouble = pulse.said ? "" : pulse.said.error().message;
  if (trouble != std::exchange(beat_trouble_, trouble)) new_beat_trouble_ = trouble;
  return pulse.said;
}

StoreResult<StoreSession::Change> StoreSession::beat() {
  const auto opened = open();
  if (!opened) return tl::unexpected(opened.error());
  const auto said = say_that_it_lives();
  // Who leads does not ask for the head, but may be asked something.
  if (leads() && !fresh_state_) (void)ask_state();
  // Where nothing may be written there is no lease either, but a store can be followed.
  if (competes_ && lease_) return renew_lease();
  if (competes_ && !is_in_conflict_) return ask_for_lease();
  const bool is_lost = fresh_state_ ? !fresh_state_->has_value() : !said && !store_->head();
  if (!said && said.error().trouble == coordination::StoreTrouble::unavailable && is_lost)
    return tl::unexpected(said.error());
  return Change::none;
}

void StoreSession::leave() {
  if (!store_) return;
  if (lease_) (void)store_->release(*lease_);
  lease_.reset();
  if (store_->leave(instance_.id)) return;
  // Who may not take its name away says so.
  instance_.state = "leaving";
  tell_now();
}

}  // namespace honua::commands
