// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "coordination/version_record.h"
#include "watching/watch_list.h"

// Where instances agree on the version of their configuration: versions that follow each other, snapshots
// they name, leases on the right to publish, and what instances say of themselves.
namespace honua::coordination {

enum class StoreTrouble : std::uint8_t {
  unavailable,  // it cannot be asked or written: nothing has changed, or nobody knows
  missing,      // there is no store, or no such version or object
  corrupt,      // what it holds is not what was put into it
  refused,      // it is not safe to use, or does not allow what was asked
};

struct StoreError {
  StoreTrouble trouble = StoreTrouble::unavailable;
  std::string message;  // lower-case start, no full stop; says with what
};

template <class T>
using StoreResult = tl::expected<T, StoreError>;

[[nodiscard]] inline tl::unexpected<StoreError> trouble(StoreTrouble kind, std::string message) {
  return tl::unexpected<StoreError>(StoreError{kind, std::move(message)});
}

// A lease as its holder has it. Whoever writes shows it; a store takes nothing from one that was taken over.
struct Lease {
  std::string name;
  std::uint64_t fence = 0;               // grows with every grant of the name
  std::string token;                     // random: of this grant
  std::chrono::milliseconds duration{};  // from each renewal on
  // The grant before ended with its time and not by its holder, who may still believe in it.
  bool is_taken_over = false;
};

// A lease's name becomes part of a file's or a key's: letters, digits, `-`, `_` and `.`, at most 64 of them.
[[nodiscard]] bool is_lease_name(std::string_view name);

// The lease that publishers hold.
inline constexpr const char* publisher_lease = "publisher";
// A lease of less is lost by every delay; of more, nobody would take it over in time.
inline constexpr std::chrono::milliseconds shortest_lease{100};
inline constexpr std::chrono::milliseconds longest_lease{600'000};
// Of a lease's time, what a holder that cannot renew it goes on for: the rest is for what it has begun.
inline constexpr int trusted_lease_percent = 70;

struct LeaseRequest {
  std::string name;
  std::string owner;  // for people: "host:pid"
  std::chrono::milliseconds duration;
  // How long to wait for another holder.
  std::chrono::milliseconds patience;
  // The holder's process does all the work itself: where its end is seen, the lease has ended, too.
  bool ends_with_process = true;
  // Takes the lease away from whoever has it.
  bool takes_over = false;
};

// Who has a lease instead.
struct LeaseHolder {
  std::string owner;
  std::uint64_t fence = 0;
};

struct PublishRequest {
  std::string text;  // the snapshot
  VersionKind kind = VersionKind::publish;
  std::optional<std::uint64_t> of = std::nullopt;
  // The version that it was made for: 0 for an empty store. Nothing to follow whatever is there.
  std::optional<std::uint64_t> expected = std::nullopt;
  std::string author;
  std::string host;
  std::string message;
  std::string summary;
  std::string request = random_name();
  bool is_named = false;  // it may be repeated later than at once
  std::optional<Lease> lease = std::nullopt;
  bool even_if_same = false;  // as the head
  std::chrono::sys_seconds time;
  // The instances that run it first; none for all at once.
  std::vector<std::string> canaries = {};
  bool takes_over = false;  // as in the record
  // So many replicas of the server must have it.
  std::uint32_t replicas = 0;
};

enum class PublishResult : std::uint8_t {
  published,
  repeated,    // the same request was published before; its version is told
  reused,      // a request of this name published something else before; its version is told
  same,        // the head has this snapshot already
  conflict,    // the head is another version than the one expected
  stale_fence  // the lease was taken over
};

// Whether the store has what was to be published.
[[nodiscard]] constexpr bool is_done(PublishResult result) {
  return result == PublishResult::published || result == PublishResult::repeated ||
         result == PublishResult::same;
}

struct PublishOutcome {
  PublishResult result = PublishResult::published;
  VersionRecord head;  // the version that was made, or the one that is there
  // Replicas that said in time that they have the version; nothing where nobody asked for any.
  std::optional<std::uint32_t> replicas = std::nullopt;
};

// A snapshot that a publisher has all instances check before it makes a version of it.
struct Proposal {
  std::string id;    // random
  std::string hash;  // of the snapshot
  std::string author;
};

// What a store says at a moment.
struct StoreState {
  // Random, of when the store was made: one that was made anew has another.
  std::string epoch;
  std::optional<VersionRecord> head;  // the newest version; nothing in an empty store
  // Up to here, all instances run what canaries have run first.
  std::uint64_t promoted = 0;
  std::optional<Proposal> proposal;  // the newest, which may be over
};

// What an instance says of itself. No value of its environment is in it.
struct Instance {
  std::string id;
  std::string host;
  std::uint64_t pid = 0;
  std::uint64_t version = 0;  // that it runs; 0 for none
  std::string hash;
  std::string chain;
  std::string fingerprint;  // of its environment's values, keyed by the store
  std::string state;        // "applied", "rejected", "missing", "leaving"
  std::string reason;       // of a rejection
  bool leads = false;       // it holds the lease to publish
  std::uint64_t rejected_version = 0;
  std::string proposal;        // the ID of the one that it has checked last
  bool accepts = false;        // that proposal
  std::string objection;       // why not
  std::uint64_t beat = 0;      // grows with every heartbeat
  std::uint64_t interval = 0;  // between heartbeats, in milliseconds
  // Since the last heartbeat, by the store's own clock; nothing where it has none.
  std::optional<std::chrono::milliseconds> age = std::nullopt;
};

// A fault that verify() found.
struct StoreFault {
  std::string place;  // "versions/000000000042"
  std::string message;
};

struct Collected {
  std::size_t objects = 0;
  std::size_t temporary = 0;
  std::size_t leases = 0;
  std::size_t instances = 0;
};

// What came of a heartbeat.
struct Pulse {
  StoreResult<void> said;
  // What the store says, where it says so at once.
  std::optional<StoreResult<StoreState>> state = std::nullopt;
};

// Wakes those who wait for a change of the head. A hint: the head counts, which may be the same.
class Subscription {
 public:
  Subscription() = default;
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  virtual ~Subscription() = default;

  // Readable when there is something new since take() was called last.
  [[nodiscard]] virtual int descriptor() const = 0;
  virtual void take() = 0;
};

// Snapshots are no larger than the files they are made of may be.
inline constexpr std::size_t max_object_size = std::size_t{256} << 20U;

// One store. Objects may be used by one thread at a time.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  // What messages call it; without secrets, fit for printing.
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual StoreResult<StoreState> state() = 0;
  // Of the state, the one and the other.
  [[nodiscard]] virtual StoreResult<std::string> epoch() = 0;
  [[nodiscard]] virtual StoreResult<std::optional<VersionRecord>> head() = 0;
  [[nodiscard]] virtual StoreResult<VersionRecord> version(std::uint64_t number) = 0;
  // The newest first; `most` of them.
  [[nodiscard]] virtual StoreResult<std::vector<VersionRecord>> history(std::size_t most) = 0;
  // A snapshot's text, which has that hash.
  [[nodiscard]] virtual StoreResult<std::string> object(const std::string& hash) = 0;
  [[nodiscard]] virtual StoreResult<PublishOutcome> publish(const PublishRequest& request) = 0;
  // The version that a request of this name has made; nothing if there is none, or none any more.
  [[nodiscard]] virtual StoreResult<std::optional<VersionRecord>> made_by(const std::string& request) = 0;

  // Has all instances check a snapshot, which is kept as long as that may take.
  [[nodiscard]] virtual StoreResult<void> propose(const Proposal& proposal, const std::string& text,
                                                  const Lease& lease) = 0;
  // Takes the proposal back, whatever came of it.
  [[nodiscard]] virtual StoreResult<void> withdraw(const Lease& lease) = 0;
  // Has all instances run the head that canaries have run. False if it is another one by now, or the lease is
  // lost.
  [[nodiscard]] virtual StoreResult<bool> promote(const VersionRecord& head, const Lease& lease) = 0;
  // Tells servers that know nothing of stores that a file has changed. An error where nobody hears it.
  [[nodiscard]] virtual StoreResult<void> announce(const std::string& path);

  // The lease, or who has it.
  [[nodiscard]] virtual StoreResult<tl::expected<Lease, LeaseHolder>> acquire(
      const LeaseRequest& request) = 0;
  // That the holder still lives. False if somebody else has taken it over.
  [[nodiscard]] virtual StoreResult<bool> renew(const Lease& lease) = 0;
  [[nodiscard]] virtual StoreResult<void> release(const Lease& lease) = 0;

  [[nodiscard]] virtual StoreResult<void> beat(const Instance& instance) = 0;
  // The same, and what the store says if that costs nothing more.
  [[nodiscard]] virtual Pulse pulse(const Instance& instance) { return {beat(instance)}; }
  [[nodiscard]] virtual StoreResult<std::vector<Instance>> instances() = 0;
  // Takes an instance out that has ended.
  [[nodiscard]] virtual StoreResult<void> leave(const std::string& id) = 0;

  // Keeps the newest versions' snapshots, and all that instances run; takes the others away, and what
  // interrupted writers left behind longer ago than `age`. It renews the lease to publish, under which it
  // works, and ends with an error when that is lost: nobody publishes what is being taken away.
  [[nodiscard]] virtual StoreResult<Collected> collect(std::size_t kept_versions, std::chrono::seconds age,
                                                       const Lease& lease) = 0;
  // Reads all there is.
  [[nodiscard]] virtual StoreResult<std::vector<StoreFault>> verify() = 0;

  // How often an instance should say that it lives; it may depend on how many there are.
  [[nodiscard]] virtual std::chrono::milliseconds heartbeat_interval() const = 0;
  // Where a change of the head shows; empty for stores that files do not tell of.
  [[nodiscard]] virtual watching::WatchList watch_list() const = 0;
  // For stores that tell of changes themselves; nothing for the others. It may outlive the store.
  [[nodiscard]] virtual StoreResult<std::unique_ptr<Subscription>> subscribe() const {
    return std::unique_ptr<Subscription>();
  }
  // That a subscription told of something: a store that could not be reached can be asked again.
  virtual void heard() {}
};

// The newest version that an instance may run: of a head that is for canaries the one before, unless the
// instance is one of them. Nothing in a store that has none. `runs`: what it runs already is not left for an
// older one.
[[nodiscard]] StoreResult<std::optional<VersionRecord>> version_for(Store& store, const StoreState& state,
                                                                    const std::string& instance,
                                                                    std::uint64_t runs);

// What keeps a fingerprint of an environment from being guessed by whoever sees it: the store's epoch is the
// key. The same values give the same text on every instance of the store.
[[nodiscard]] std::string fingerprint_of(std::string_view epoch, std::string_view environment_hash);

struct StoreOptions {
  bool creates = false;      // where there is none
  bool is_insecure = false;  // a directory that everybody may write
  // For URLs that have none. Who sees a process sees its arguments, and not its environment.
  std::string redis_password = {};
  std::string sentinel_password = {};
};

// "dir:PATH", or a URL as redis/target.h describes. An error says what is wrong with the name, or with the
// store.
[[nodiscard]] StoreResult<std::unique_ptr<Store>> open_store(std::string_view url,
                                                             const StoreOptions& options);
// Whether a text names a store: "dir:...", "redis://...".
[[nodiscard]] bool is_store_url(std::string_view text);

}  // namespace honua::coordination
