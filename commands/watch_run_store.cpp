// SPDX-License-Identifier: MIT
// What a watch does with a store: WatchRun's part of it.
#include <utility>

#include "base/boot_clock.h"
#include "commands/messages.h"
#include "commands/watch_run.h"
#include "text/digest.h"
#include "text/sanitize.h"

namespace honua::commands {

using coordination::PublishResult;
using coordination::VersionRecord;
using watching::Event;
using watching::event_of;
using watching::EventKind;
using watching::LoggedEventPointer;
using Finding = watching::Settling::Finding;

namespace {

// Why a candidate is not sound: of what speaks against it, the first.
std::string reason_of(const Candidate& candidate, const std::vector<watching::EventDetail>& findings) {
  const std::string reason = !findings.empty()             ? findings.front().text
                             : !candidate.failures.empty() ? candidate.failures.front()
                                                           : "it cannot be used";
  return std::string(text::trimmed(reason));
}

}  // namespace

bool WatchRun::start_store() {
  if (settings_.store.url.empty()) return true;
  session_ = std::make_unique<StoreSession>(
      [url = settings_.store.url, options = store_options(settings_.store, env_)] {
        return coordination::open_store(url, options);
      },
      settings_.publishes, settings_.lease, settings_.splay);
  const auto changed = session_->beat();
  // Who waits, or has something to begin with, lives without a store at first.
  if (!changed && !settings_.waits && !settings_.starts_from_last_good) {
    print_error(env_, changed.error().message);
    return false;
  }
  look_at_old_files();
  subscribe();
  start_timer(heartbeat_, session_->beat_interval(), [this] { beat(); });
  return true;
}

// Who follows at first has files that say nothing new. So has who leads, where somebody has published
// something else by hand since they did: started again, it does not undo that.
void WatchRun::look_at_old_files() {
  if (!settings_.publishes) return;
  const auto overruled = session_->overruled();
  if (session_->leads() && overruled.versions.empty()) return;
  const auto files = load_candidate(settings_.inputs, digest_, env_);
  if (!files->sound) return;
  const auto found = overruled.versions.find(files->sound->hash);
  if (session_->leads() && found == overruled.versions.end()) return;
  base_hash_ = files->sound->hash;
  if (session_->leads()) hold_back("say what version " + std::to_string(found->second) + " did");
}

// Who gets the lease where somebody has published by hand does not know whether its files are older.
void WatchRun::look_at_files_of_standby() {
  if (!settings_.publishes || !source_) return;
  const auto overruled = session_->overruled();
  if (!overruled.is_by_hand) return;
  const auto files = load_candidate(settings_.inputs, digest_, env_);
  if (!files->sound || files->sound->hash == overruled.head.hash || files->sound->hash == base_hash_) return;
  base_hash_ = files->sound->hash;
  hold_back("may be older than version " + std::to_string(overruled.head.version));
}

void WatchRun::hold_back(const std::string& what) {
  is_held_back_ = true;
  warn("the files " + what +
       ", and somebody has published by hand since: the store is followed until they change");
}

// The store's head as long as the files are what was rolled back; nothing once they are not.
std::unique_ptr<Candidate> WatchRun::load_held_back() {
  auto files = load_candidate(settings_.inputs, digest_, env_);
  is_held_back_ = files->sound && files->sound->hash == base_hash_;
  if (!is_held_back_) return files;
  auto followed = load_followed();
  followed->look.list.add(files->look.list);
  return followed;
}

bool WatchRun::follows() const { return session_ && !session_->leads(); }

// A store that tells of changes itself is heard, as soon as it is there.
void WatchRun::subscribe() {
  if (store_subscription_ || !session_) return;
  store_subscription_ = session_->subscribe();
  if (!store_subscription_) return;
  loop_->add(store_subscription_->descriptor(), [this] {
    store_subscription_->take();
    hear_store();
  });
}

bool WatchRun::is_heard_too_often() {
  const auto now = BootClock::now();
  if (now - hearing_began_ >= hearing_period) {
    hearing_began_ = now;
    heard_ = 0;
  }
  return ++heard_ > most_heard;
}

// Somebody has published something, or asks for something.
void WatchRun::hear_store() {
  session_->hear();
  if (!is_heard_too_often()) return heed_store();
  if (heard_ == most_heard + 1)
    set_timer(hearing_, hearing_began_ + hearing_period - BootClock::now(), [this] { hear_store(); });
}

void WatchRun::heed_store() {
  if (follows()) return loop_->look_again();
  session_->ask();
  vote();
}

// A version that waits for its moment is looked at then.
void WatchRun::wait_until_due() {
  const auto due = session_->due();
  if (due) set_timer(due_, *due - BootClock::now(), [this] { loop_->look_again(); });
}

// Checks what others are about to publish, as if it was to run here.
void WatchRun::vote() {
  const auto proposal = session_->open_proposal();
  if (!proposal) return;
  const auto text = session_->text_of(*proposal);
  Event event = event_of(EventKind::proposed);
  event.hash = proposal->hash;
  std::string objection;
  // Who would not follow the version cannot say that it runs here.
  if (session_->is_in_conflict()) {
    objection = "this instance does not follow the store, which is not as it was left";
  } else if (text) {
    auto candidate = load_stored_candidate(settings_.inputs, "the proposal", *text, digest_, env_);
    if (!candidate->sound) objection = reason_of(*candidate, candidate->findings);
    event.finding_counts = candidate->finding_counts;
    event.failures = candidate->failures;
    if (!candidate->sound) event.findings = std::move(candidate->findings);
  } else {
    objection = "it cannot be fetched: " + text.error().message;
  }
  session_->vote(*proposal, objection);
  event.message = objection.empty() ? "accepted" : "refused";
  if (!objection.empty() && event.findings.empty() && event.failures.empty())
    event.message += ": " + objection;
  log_.append(std::move(event));
}

// Once the file is written that servers are told of.
void WatchRun::announce() {
  if (!std::exchange(is_unannounced_, false) || settings_.announced.empty()) return;
  const auto told = session_->announce(settings_.announced);
  if (!told) warn("servers are not told of the version: " + told.error().message);
}

void WatchRun::beat() {
  subscribe();
  if (!session_->is_beat_due() && !is_store_lost_) return;
  const bool led = session_->leads();
  const auto changed = session_->beat();
  if (const std::string trouble = session_->take_beat_trouble(); !trouble.empty())
    warn("others do not see this instance: " + trouble);
  if (!follows()) vote();
  if (changed && *changed != StoreSession::Change::none) return change_role(*changed);
  if (led && !session_->leads()) return change_role(StoreSession::Change::lost);
  // Whatever tells of changes: the head is asked for as often as this.
  if (changed && follows() && !is_store_lost_) return loop_->look_again();
  if (changed.has_value() != is_store_lost_) return;
  // A store that is lost is looked at, and so is one that may be back.
  if (!changed || follows()) return loop_->look_again();
  // What was not published is tried once more.
  has_new_role_ = true;
  loop_->reload();
}

void WatchRun::change_role(StoreSession::Change change) {
  if (change == StoreSession::Change::gained) look_at_files_of_standby();
  if (change == StoreSession::Change::lost) {
    Event event = event_of(EventKind::conflict);
    event.message = "the lease to publish is lost: what the store says is followed";
    if (source_) event.previous_hash = running().sound.hash;
    log_.append(std::move(event));
  }
  loop_->look_again();
}

std::unique_ptr<Candidate> WatchRun::load_followed() {
  // Other values of the environment are a change, too.
  const bool has_values = !settings_.inputs.environment_file.empty();
  Followed followed = session_->follow(has_values);
  std::unique_ptr<Candidate> candidate;
  if (!followed.text) {
    candidate = std::make_unique<Candidate>();
    const bool is_trouble =
        followed.result == FollowResult::trouble || followed.result == FollowResult::nothing;
    candidate->look.finding = followed.result == FollowResult::version ? Finding::sound
                              : is_trouble                             ? Finding::missing
                                                                       : Finding::invalid;
    // A store that is away in one way and then in another is away all the time.
    candidate->look.hash = text::sha256(
        followed.result == FollowResult::trouble ? "away" : followed.message + followed.record.chain);
  } else {
    const std::string name = "version " + std::to_string(followed.record.version);
    candidate = load_stored_candidate(settings_.inputs, name, *followed.text, digest_, env_);
    const std::string values = has_values ? candidate->look.hash : "";
    candidate->look.hash = text::sha256(values + followed.record.chain);
  }
  candidate->look.list.add(session_->watch_list());
  candidate->followed = std::move(followed);
  return candidate;
}

LoggedEventPointer WatchRun::tell_followed(Candidate& candidate, Event event) {
  const Followed& followed = *candidate.followed;
  if (followed.result != FollowResult::version) return tell_store_trouble(followed, std::move(event));
  tell_store_back();
  if (!followed.text) return tell_same_version(followed, std::move(event));
  const VersionRecord& record = followed.record;
  event.version = record.version;
  if (session_->applied()) event.previous_version = session_->applied()->version;
  const bool is_new = !session_->applied() || session_->applied()->chain != record.chain;
  if (is_new) {
    Event received = event_of(EventKind::received);
    received.version = record.version;
    received.hash = record.hash;
    received.skipped = followed.skipped;
    if (followed.has_diverged)
      received.message = "the store's history is not the one that was followed before";
    log_.append(std::move(received));
  }
  if (!candidate.sound) {
    session_->reject(record, reason_of(candidate, event.findings));
    return tell_unusable(candidate, std::move(event));
  }
  const std::string environment_hash = candidate.sound->environment_hash;
  LoggedEventPointer told = take_over(candidate, std::move(event));
  if (told->event.kind == EventKind::rejected) {
    session_->reject(record, told->event.message);
    return told;
  }
  session_->apply(record, environment_hash);
  if (is_new) tell_applied(record);
  return told;
}

void WatchRun::tell_store_back() {
  if (!std::exchange(is_store_lost_, false)) return;
  Event back = event_of(EventKind::store_back);
  back.message = session_->name();
  log_.append(std::move(back));
}

// What can't be asked or followed, and what stays.
LoggedEventPointer WatchRun::tell_store_trouble(const Followed& followed, Event event) {
  event.finding_counts.reset();
  event.kind = EventKind::store_lost;
  if (followed.result == FollowResult::conflict) event.kind = EventKind::conflict;
  if (followed.result == FollowResult::nothing) event.kind = EventKind::missing;
  event.message = followed.result == FollowResult::nothing ? "the store is empty" : followed.message;
  if (source_) event.previous_hash = running().sound.hash;
  if (session_->applied()) event.previous_version = session_->applied()->version;
  is_store_lost_ = followed.result == FollowResult::trouble;
  is_degraded_ = true;
  LoggedEventPointer told = log_.append(std::move(event));
  end_without_configuration(*told);
  return told;
}

// Somebody asked, or another version has the same snapshot.
LoggedEventPointer WatchRun::tell_same_version(const Followed& followed, Event event) {
  session_->apply(followed.record, running().sound.environment_hash);
  is_degraded_ = false;
  event.kind = EventKind::unchanged;
  event.finding_counts.reset();
  event.hash = running().sound.hash;
  event.version = followed.record.version;
  event.token = source_->current().token->id();
  LoggedEventPointer told = log_.append(std::move(event));
  if (is_asked_for(told->event)) tell_listeners(told);
  return told;
}

void WatchRun::tell_applied(const VersionRecord& record) {
  Event event = event_of(EventKind::applied);
  event.version = record.version;
  event.hash = record.hash;
  log_.append(std::move(event));
}

// Nothing has changed, and no token fires.
LoggedEventPointer WatchRun::tell_refused(const Refusal& refusal, Event event) {
  // Who publishes has applied it as far as the store knows.
  if (is_unwritten_ && session_ && session_->leads() && session_->applied())
    session_->reject(*session_->applied(), refusal.message);
  event.kind = refusal.kind;
  event.message = refusal.message;
  if (source_) event.previous_hash = running().sound.hash;
  is_degraded_ = true;
  LoggedEventPointer told = log_.append(std::move(event));
  end_without_configuration(*told);
  return told;
}

std::optional<WatchRun::Refusal> WatchRun::publish(const SoundConfiguration& sound,
                                                   const std::string& summary) {
  if (sound.masked > 0) {
    return Refusal{EventKind::rejected, count_of(sound.masked, "value") +
                                            " with a secret in the file: a snapshot does not hold secrets"};
  }
  const auto outcome = session_->publish(sound, summary, env_.clock.now(), settings_.author);
  if (!outcome) {
    is_store_lost_ = true;
    return Refusal{EventKind::store_lost,
                   "it is not published, and does not run: " + outcome.error().message};
  }
  if (!is_done(outcome->result)) {
    // What is wrong is told by following it.
    session_->give_up_lease();
    loop_->look_again();
    return Refusal{EventKind::conflict,
                   "it is not published, and does not run: the store is not as it was left"};
  }
  session_->apply(outcome->head, sound.environment_hash);
  base_hash_ = sound.hash;
  tell_store_back();
  // Of one that was repeated, the answer was lost.
  if (outcome->result == PublishResult::same) return std::nullopt;
  Event published = event_of(EventKind::published);
  published.hash = sound.hash;
  published.version = outcome->head.version;
  log_.append(std::move(published));
  is_unannounced_ = true;
  return std::nullopt;
}

}  // namespace honua::commands
