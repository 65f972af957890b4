// SPDX-License-Identifier: MIT
#include "coordination/redis_store.h"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include "coordination/instance_record.h"
#include "coordination/lease_keeper.h"
#include "coordination/log_verifier.h"
#include "coordination/publishing.h"
#include "coordination/redis_scripts.h"
#include "redis/subscription.h"
#include "snapshot/hash.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::coordination {

namespace {

using redis::Command;
using redis::Reply;
using std::chrono::milliseconds;

// A command that takes longer keeps all other clients waiting: of this size, a tenth of a millisecond.
constexpr std::size_t piece_size = std::size_t{256} * 1024;
// So many pieces are on their way at once.
constexpr std::size_t pieces_at_once = 16;
// How long a snapshot may be on its way to its version.
constexpr milliseconds put_time = std::chrono::minutes(10);
constexpr milliseconds request_time = std::chrono::hours(24 * 7);
constexpr milliseconds instance_time = std::chrono::hours(24);
// Of many instances each says more seldom that it lives: together, some seventy in a second, which takes less
// than a hundredth of the server's time.
constexpr milliseconds redis_heartbeat{5'000};
constexpr milliseconds seldom_heartbeat{60'000};
constexpr milliseconds heartbeat_share{15};  // of each instance
// An instance's name is said once in so many heartbeats, and how many instances there are is asked.
constexpr std::uint32_t named_beats = 4;
// What replicas have to take something over; it is less than what an answer may take.
constexpr milliseconds replica_time{1'000};
// Records, instances and keys that are fetched at once.
constexpr std::size_t page_size = 500;
constexpr int most_redis_publish_tries = 1000;
// A log keeps some ten thousand versions, and a store has a key for each and a few more.
constexpr std::size_t most_log_records = 10 * kept_redis_records;
constexpr std::size_t most_keys = 1'000'000;
// Who waits for a lease looks again after a random time between these.
constexpr milliseconds::rep shortest_lease_wait = 50;
constexpr milliseconds::rep longest_lease_wait = 250;

constexpr const char* log_key = "log";
constexpr const char* head_key = "head";
constexpr const char* events_channel = "events";
// Honua Server's own, where instances tell each other of a file's path.
constexpr const char* server_channel = "honua:config:changes";

StoreError error_of(const redis::RedisError& error) {
  // What the client says of a server begins so.
  std::string message = error.message;
  if (message.starts_with("it ")) message = "the server " + message.substr(3);
  if (message.starts_with("its ")) message = "the server's " + message.substr(4);
  const bool is_refused = error.trouble == redis::Trouble::refused;
  return {is_refused ? StoreTrouble::refused : StoreTrouble::unavailable, std::move(message)};
}

tl::unexpected<StoreError> corrupt_store(std::string message) {
  return trouble(StoreTrouble::corrupt, std::move(message));
}

// Of an entry of the log: the record's text. "" if it is no such entry.
std::string_view record_text(const Reply& entry) {
  if (entry.elements.size() != 2) return "";
  const auto& fields = entry.elements[1].elements;
  return fields.size() == 2 && fields[0].text == "record" ? std::string_view(fields[1].text) : "";
}

// "42" of "42-0".
std::uint64_t version_of(const Reply& entry) {
  if (entry.elements.empty()) return 0;
  const std::string_view id = entry.elements.front().text;
  return text::read_whole_number<std::uint64_t>(id.substr(0, id.find('-'))).value_or(0);
}

Result<VersionRecord> read_entry(const Reply& entry) {
  auto record = read_record(record_text(entry));
  if (record && record->version != version_of(entry)) return fail("it is the record of another version");
  return record;
}

Command script_command(const char* script, const std::vector<std::string>& keys,
                       const std::vector<std::string>& arguments) {
  Command command{"EVAL", script, std::to_string(keys.size())};
  command.insert(command.end(), keys.begin(), keys.end());
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

// What state_command() has got.
StoreResult<StoreState> read_state(const Reply& reply) {
  constexpr std::size_t fields = 5;
  if (reply.is_error()) return tl::unexpected(error_of(redis::error_of(reply)));
  if (reply.elements.size() != fields) return corrupt_store("its head is not what was put into it");
  if (reply.elements[0].is_nil()) return trouble(StoreTrouble::missing, "there is no store");
  StoreState state;
  state.epoch = reply.elements[0].text;
  state.promoted = text::read_whole_number<std::uint64_t>(reply.elements[3].text).value_or(0);
  if (!reply.elements[4].is_nil()) state.proposal = read_proposal(reply.elements[4].text);
  const std::string& version = reply.elements[1].text;
  if (version == "0") return state;
  auto record = read_record(reply.elements[2].text);
  if (!record) return corrupt_store("its head: " + record.error().message);
  if (std::to_string(record->version) != version)
    return corrupt_store("its head is another version than it says");
  state.head = *std::move(record);
  return state;
}

// Waits for replicas to have what a request has made. What is waited for is the connection's last write,
// which is made here.
std::vector<Command> wait_commands(const std::string& request_key, std::uint32_t replicas) {
  return {{"PEXPIRE", request_key, std::to_string(request_time.count())},
          {"WAIT", std::to_string(replicas), std::to_string(replica_time.count())}};
}

constexpr const char* lost_snapshot = "the snapshot was taken away before its version was made";

std::string shown_version(std::uint64_t version) { return "version " + std::to_string(version); }

// What a subscription to a channel is to those who wait for a store.
class RedisSubscription final : public Subscription {
 public:
  explicit RedisSubscription(std::unique_ptr<redis::Subscription> subscription)
      : subscription_(std::move(subscription)) {}
  [[nodiscard]] int descriptor() const override { return subscription_->descriptor(); }
  void take() override { subscription_->take(); }

 private:
  std::unique_ptr<redis::Subscription> subscription_;
};

}  // namespace

RedisStore::RedisStore(redis::Target target)
    : client_(std::move(target)), tag_("{" + client_.target().prefix + "}:") {}

StoreResult<std::unique_ptr<RedisStore>> RedisStore::open(std::string_view url, const StoreOptions& options) {
  auto target = redis::read_target(url);
  if (!target)
    return trouble(StoreTrouble::refused, "the store's URL cannot be used: " + target.error().message);
  if (target->password.empty()) target->password = options.redis_password;
  target->sentinel_password = options.sentinel_password;
  std::unique_ptr<RedisStore> store(new RedisStore(*std::move(target)));
  StoreResult<void> ready;
  if (options.creates) ready = store->initialize();
  if (ready) {
    const auto epoch = store->epoch();
    if (!epoch) ready = tl::unexpected(epoch.error());
  }
  if (!ready) {
    StoreError error = ready.error();
    // There is no store yet whose name callers could tell.
    error.message = text::quoted(store->name()) + ": " + error.message;
    return tl::unexpected(std::move(error));
  }
  return store;
}

std::string RedisStore::name() const { return redis::shown(client_.target()); }

std::string RedisStore::object_key(const std::string& hash) const {
  return key("object:" + hash.substr(hash.find(':') + 1));
}

StoreResult<std::vector<Reply>> RedisStore::run(const std::vector<Command>& commands) {
  auto replies = client_.run(commands);
  if (!replies) return tl::unexpected(error_of(replies.error()));
  return *std::move(replies);
}

StoreResult<Reply> RedisStore::run(const Command& command) {
  auto reply = client_.run(command);
  if (!reply) return tl::unexpected(error_of(reply.error()));
  return *std::move(reply);
}

StoreResult<Reply> RedisStore::run_script(const char* script, const std::vector<std::string>& keys,
                                          const std::vector<std::string>& arguments) {
  return run(script_command(script, keys, arguments));
}

StoreResult<void> RedisStore::initialize() {
  const auto epoch = run_script(initialize_script, {key(head_key), key(log_key)}, {random_name()});
  if (!epoch) return tl::unexpected(epoch.error());
  if (epoch->text == "versions") return corrupt_store("it has versions, and no head that leads to them");
  return {};
}

Command RedisStore::state_command() const {
  return {"HMGET", key(head_key), "epoch", "version", "record", "promoted", "proposal"};
}

StoreResult<StoreState> RedisStore::state() {
  const auto reply = run(state_command());
  if (!reply) return tl::unexpected(reply.error());
  return read_state(*reply);
}

StoreResult<std::string> RedisStore::epoch() {
  auto now = state();
  if (!now) return tl::unexpected(now.error());
  return std::move(now->epoch);
}

StoreResult<std::optional<VersionRecord>> RedisStore::head() {
  auto now = state();
  if (!now) return tl::unexpected(now.error());
  return std::move(now->head);
}

StoreResult<VersionRecord> RedisStore::version(std::uint64_t number) {
  const std::string id = std::to_string(number) + "-0";
  const auto entries = run(Command{"XRANGE", key(log_key), id, id});
  if (!entries) return tl::unexpected(entries.error());
  if (entries->elements.empty())
    return trouble(StoreTrouble::missing, "there is no " + shown_version(number));
  auto record = read_entry(entries->elements.front());
  if (!record) return corrupt_store(shown_version(number) + ": " + record.error().message);
  if (record->version != number)
    return corrupt_store("it answers with another version than the one asked for");
  return *std::move(record);
}

StoreResult<std::vector<VersionRecord>> RedisStore::history(std::size_t most) {
  const auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  std::vector<VersionRecord> all;
  std::uint64_t next = *newest ? (*newest)->version : 0;
  while (next > 0 && all.size() < most) {
    const std::size_t count = std::min(page_size, most - all.size());
    const auto page = run(
        Command{"XREVRANGE", key(log_key), std::to_string(next) + "-0", "-", "COUNT", std::to_string(count)});
    if (!page) return tl::unexpected(page.error());
    for (const Reply& entry : page->elements) {
      // Older ones may have gone; a gap between two is none of ours.
      if (version_of(entry) != next) return corrupt_store("there is no " + shown_version(next));
      auto record = read_entry(entry);
      if (!record) return corrupt_store(shown_version(next) + ": " + record.error().message);
      all.push_back(*std::move(record));
      --next;
    }
    if (page->elements.size() < count) break;
  }
  return all;
}

StoreResult<std::string> RedisStore::object(const std::string& hash) {
  const std::string place = object_key(hash);
  const auto size = run(Command{"STRLEN", place});
  if (!size) return tl::unexpected(size.error());
  if (size->integer == 0)
    return trouble(StoreTrouble::missing, "the snapshot " + text::quoted(hash) + " is no longer kept");
  if (size->integer < 0 || static_cast<std::size_t>(size->integer) > max_object_size)
    return corrupt_store("the snapshot " + text::quoted(hash) + " is larger than any can be");
  std::string all;
  const auto whole = static_cast<std::size_t>(size->integer);
  while (all.size() < whole) {
    std::vector<Command> pieces;
    for (std::size_t at = all.size(); at < whole && pieces.size() < pieces_at_once; at += piece_size)
      pieces.push_back({"GETRANGE", place, std::to_string(at), std::to_string(at + piece_size - 1)});
    const auto replies = run(pieces);
    if (!replies) return tl::unexpected(replies.error());
    const std::size_t before = all.size();
    for (const Reply& one : *replies) all += one.text;
    // Somebody took it away meanwhile.
    if (all.size() == before) break;
  }
  if (snapshot::hash_of(all) != hash)
    return corrupt_store("the snapshot " + text::quoted(hash) +
                         " does not have the hash that it is called by");
  return all;
}

// The key under which a snapshot lies until its version is made.
StoreResult<std::string> RedisStore::put(const std::string& text, const std::optional<Lease>& lease) {
  std::string place = key("put:" + random_name());
  const std::string_view all = text;
  std::optional<LeaseKeeper> keeper;
  if (lease) keeper.emplace(*this, *lease);
  for (std::size_t at = 0; at < all.size();) {
    // A large one may take longer than the lease.
    const auto held = keeper ? keeper->keep() : StoreResult<void>();
    if (!held) return tl::unexpected(held.error());
    std::vector<Command> pieces;
    for (; at < all.size() && pieces.size() < pieces_at_once; at += piece_size)
      pieces.push_back({"SETRANGE", place, std::to_string(at), std::string(all.substr(at, piece_size))});
    // Whatever becomes of us, it goes.
    pieces.push_back({"PEXPIRE", place, std::to_string(put_time.count())});
    const auto taken = run(pieces);
    if (!taken) return tl::unexpected(taken.error());
  }
  return place;
}

StoreResult<std::optional<VersionRecord>> RedisStore::made_by(const std::string& request) {
  const auto made = run(Command{"GET", key("request:" + request)});
  if (!made) return tl::unexpected(made.error());
  const auto number = text::read_whole_number<std::uint64_t>(made->text);
  if (!number) return std::optional<VersionRecord>();
  auto record = version(*number);
  if (!record) return tl::unexpected(record.error());
  return std::optional(*std::move(record));
}

StoreResult<PublishOutcome> RedisStore::publish(const PublishRequest& request) {
  if (request.text.size() > max_object_size)
    return trouble(StoreTrouble::refused, "the snapshot is larger than a store takes");
  const std::string hash = snapshot::hash_of(request.text);
  for (int tries = 0; tries < most_redis_publish_tries; ++tries) {
    auto outcome = try_publish(request, hash);
    if (!outcome) return tl::unexpected(outcome.error());
    if (*outcome) return **std::move(outcome);
  }
  return trouble(StoreTrouble::unavailable, "others publish too fast");
}

void RedisStore::drop(const std::string& place) { (void)client_.run(Command{"UNLINK", place}); }

// Whether so many replicas have all that was written on this connection.
StoreResult<void> RedisStore::await_replicas(std::uint32_t count) {
  const auto reply = run(Command{"WAIT", std::to_string(count), std::to_string(replica_time.count())});
  if (!reply) return tl::unexpected(reply.error());
  if (reply->integer >= static_cast<std::int64_t>(count)) return {};
  return trouble(StoreTrouble::refused,
                 "only " + text::count_of(static_cast<std::size_t>(reply->integer), "replica") + " of " +
                     std::to_string(count) + " took the snapshot, and it is not published");
}

StoreResult<RedisStore::Made> RedisStore::make_version(const PublishRequest& request,
                                                       const std::string& epoch,
                                                       const VersionRecord& record) {
  const auto place = put(request.text, request.lease);
  if (!place) return tl::unexpected(place.error());
  if (request.replicas > 0) {
    const auto ready = await_replicas(request.replicas);
    if (!ready) return drop(*place), tl::unexpected(ready.error());
  }
  const std::string lease = request.lease ? request.lease->name : publisher_lease;
  const std::string request_key = key("request:" + record.request);
  const std::string time = std::to_string(request_time.count());
  std::vector<Command> commands{script_command(
      publish_script,
      {key(head_key), key(log_key), key("lease:" + lease), request_key, *place, object_key(record.hash)},
      {epoch, record.previous_chain, std::to_string(record.version), write_record(record), record.chain,
       record.hash, std::to_string(record.fence), request.lease ? request.lease->token : "",
       std::to_string(request.text.size()), key(events_channel), std::to_string(kept_redis_records), time})};
  if (request.replicas > 0) {
    // If all this is run once more on another connection, the script writes nothing.
    for (Command& one : wait_commands(request_key, request.replicas)) commands.push_back(std::move(one));
  }
  const auto replies = run(commands);
  // One that became a version has another name by now.
  if (!replies || replies->front().text != "published") drop(*place);
  if (!replies) return tl::unexpected(replies.error());
  Made made{replies->front().text, std::nullopt};
  if (request.replicas > 0) made.replicas = static_cast<std::uint32_t>(replies->back().integer);
  return made;
}

// Nothing if somebody else was faster.
StoreResult<std::optional<PublishOutcome>> RedisStore::try_publish(const PublishRequest& request,
                                                                   const std::string& hash) {
  const auto told = [](PublishResult result, VersionRecord record) {
    return std::optional(PublishOutcome{result, std::move(record)});
  };
  const auto newest = state();
  if (!newest) return tl::unexpected(newest.error());
  const std::optional<VersionRecord>& before = newest->head;
  auto next = version_after(request, hash, before);
  if (!next) return tl::unexpected(next.error());
  VersionRecord record = *std::move(next);
  auto repeated = made_by(record.request);
  if (!repeated) return tl::unexpected(repeated.error());
  if (*repeated) return repeat(request, repeated_outcome(**std::move(repeated), hash));
  if (request.lease && before && before->fence > request.lease->fence)
    return told(PublishResult::stale_fence, *before);
  const auto is_expected = fulfils(*this, request, before);
  if (!is_expected) return tl::unexpected(is_expected.error());
  if (!*is_expected) return told(PublishResult::conflict, before.value_or(VersionRecord{}));
  if (before && before->hash == hash && !request.even_if_same && request.kind != VersionKind::barrier)
    return told(PublishResult::same, *before);
  const auto tried = make_version(request, newest->epoch, record);
  if (!tried) return tl::unexpected(tried.error());
  const std::string& result = tried->result;
  const auto published = [&] {
    return std::optional(PublishOutcome{PublishResult::published, std::move(record), tried->replicas});
  };
  if (result == "published") return published();
  if (result == "changed") return std::optional<PublishOutcome>();
  if (result == "stale_fence") return told(PublishResult::stale_fence, before.value_or(VersionRecord{}));
  if (result == "epoch") return trouble(StoreTrouble::missing, "the store was made anew meanwhile");
  if (result == "no_object") return trouble(StoreTrouble::unavailable, lost_snapshot);
  // The answer was lost, and the request repeated: it was this one, or the same of somebody else.
  const auto made = made_by(record.request);
  if (!made) return tl::unexpected(made.error());
  if (*made && (*made)->chain == record.chain) return published();
  return std::optional<PublishOutcome>();
}

// A request that has made its version before. Replicas are waited for once more: they may have it by now.
StoreResult<std::optional<PublishOutcome>> RedisStore::repeat(const PublishRequest& request,
                                                              PublishOutcome outcome) {
  if (request.replicas == 0) return std::optional(std::move(outcome));
  const auto replies = run(wait_commands(key("request:" + request.request), request.replicas));
  if (!replies) return tl::unexpected(replies.error());
  outcome.replicas = static_cast<std::uint32_t>(replies->back().integer);
  return std::optional(std::move(outcome));
}

StoreResult<void> RedisStore::propose(const Proposal& proposal, const std::string& text, const Lease& lease) {
  const auto place = put(text, lease);
  if (!place) return tl::unexpected(place.error());
  const auto proposed = run_script(
      propose_script, {key(head_key), key("lease:" + lease.name), *place, object_key(proposal.hash)},
      {lease.token, write_proposal(proposal), std::to_string(put_time.count()), std::to_string(text.size()),
       key(events_channel), "proposal " + proposal.id});
  drop(*place);
  if (!proposed) return tl::unexpected(proposed.error());
  if (proposed->text == "stale_fence") return trouble(StoreTrouble::unavailable, lost_lease);
  if (proposed->text != "proposed") return trouble(StoreTrouble::unavailable, lost_snapshot);
  return {};
}

StoreResult<void> RedisStore::withdraw(const Lease& lease) {
  const auto withdrawn =
      run_script(withdraw_script, {key(head_key), key("lease:" + lease.name)}, {lease.token});
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  return {};
}

StoreResult<bool> RedisStore::promote(const VersionRecord& head, const Lease& lease) {
  const std::string version = std::to_string(head.version);
  const auto promoted =
      run_script(promote_script, {key(head_key), key("lease:" + lease.name)},
                 {lease.token, head.chain, version, key(events_channel), "promoted " + version});
  if (!promoted) return tl::unexpected(promoted.error());
  return promoted->integer == 1;
}

StoreResult<void> RedisStore::announce(const std::string& path) {
  const auto told = run(Command{"PUBLISH", server_channel, path});
  if (!told) return tl::unexpected(told.error());
  return {};
}

StoreResult<tl::expected<Lease, LeaseHolder>> RedisStore::try_acquire(const LeaseRequest& request,
                                                                      const std::string& token) {
  using Granted = tl::expected<Lease, LeaseHolder>;
  const bool counts_head = request.name == publisher_lease;
  std::vector<std::string> keys{key("lease:" + request.name), key("grants:" + request.name)};
  // Who only locks needs no right to the head.
  if (counts_head) keys.push_back(key(head_key));
  const auto reply = run_script(acquire_script, keys,
                                {token, request.owner, std::to_string(request.duration.count()),
                                 counts_head ? "1" : "0", request.takes_over ? "1" : "0"});
  if (!reply) return tl::unexpected(reply.error());
  if (reply->elements.size() != 3) return corrupt_store("a lease is not what was put into it");
  const auto fence = text::read_whole_number<std::uint64_t>(reply->elements[1].text);
  if (!fence) return corrupt_store("a lease has no fence");
  if (reply->elements[0].text == "held")
    return Granted(tl::unexpect, LeaseHolder{text::printable(reply->elements[2].text), *fence});
  return Granted(Lease{request.name, *fence, token, request.duration, reply->elements[2].text == "1"});
}

StoreResult<tl::expected<Lease, LeaseHolder>> RedisStore::acquire(const LeaseRequest& request) {
  if (!is_lease_name(request.name))
    return trouble(StoreTrouble::refused, text::quoted(request.name) + " cannot be a lease's name");
  const auto begun = std::chrono::steady_clock::now();
  const std::string token = random_name();
  auto granted = try_acquire(request, token);
  while (granted && !*granted && std::chrono::steady_clock::now() - begun < request.patience) {
    std::uniform_int_distribution<milliseconds::rep> wait(shortest_lease_wait, longest_lease_wait);
    std::this_thread::sleep_for(milliseconds(wait(random_)));
    granted = try_acquire(request, token);
  }
  if (!granted || !*granted) return granted;
  const auto barred = bar_old_holder(*this, request, **granted);
  // Given back without saying so: whoever comes next has to bar the old holder, too.
  if (!barred) {
    (void)run_script(abandon_script, {key("lease:" + request.name)}, {token});
    return tl::unexpected(barred.error());
  }
  return granted;
}

StoreResult<bool> RedisStore::renew(const Lease& lease) {
  const auto renewed = run_script(renew_script, {key("lease:" + lease.name)},
                                  {lease.token, std::to_string(lease.duration.count())});
  if (!renewed) return tl::unexpected(renewed.error());
  return renewed->integer == 1;
}

StoreResult<void> RedisStore::release(const Lease& lease) {
  const auto released =
      run_script(release_script, {key("lease:" + lease.name), key("grants:" + lease.name)}, {lease.token});
  if (!released) return tl::unexpected(released.error());
  return {};
}

std::vector<Command> RedisStore::beat_commands(const Instance& instance) {
  std::vector<Command> commands{{"SET", key("instance:" + instance.id), write_instance(instance), "PX",
                                 std::to_string(instance_time.count())}};
  // Its name stays; it is said now and then, in case somebody took it away.
  if (beats_++ % named_beats == 0) {
    commands.push_back({"SADD", key("instances"), instance.id});
    commands.push_back({"SCARD", key("instances")});
  }
  return commands;
}

StoreResult<void> RedisStore::beat(const Instance& instance) {
  const auto said = run(beat_commands(instance));
  if (!said) return tl::unexpected(said.error());
  return {};
}

Pulse RedisStore::pulse(const Instance& instance) {
  std::vector<Command> commands = beat_commands(instance);
  commands.push_back(state_command());
  const auto replies = client_.run(commands, redis::any_error, redis::Client::Tries::one_in_time);
  if (!replies) {
    const StoreError error = error_of(replies.error());
    return {tl::unexpected(error), tl::unexpected(error)};
  }
  Pulse pulse{{}, read_state(replies->back())};
  const std::size_t said = replies->size() - 1;
  for (std::size_t i = 0; i < said; ++i) {
    const Reply& one = (*replies)[i];
    // Who may not know how many there are is seen all the same.
    const bool is_count = commands[i].front() == "SCARD";
    if (one.is_error() && !is_count) pulse.said = tl::unexpected(error_of(redis::error_of(one)));
    if (is_count && one.kind == Reply::Kind::integer)
      heartbeat_ = std::clamp(heartbeat_share * one.integer, redis_heartbeat, seldom_heartbeat);
  }
  return pulse;
}

StoreResult<std::vector<Instance>> RedisStore::instances() {
  const auto ids = run(Command{"SMEMBERS", key("instances")});
  if (!ids) return tl::unexpected(ids.error());
  std::vector<Instance> all;
  for (std::size_t at = 0; at < ids->elements.size(); at += page_size) {
    std::vector<Command> page;
    const std::size_t end = std::min(at + page_size, ids->elements.size());
    page.reserve(2 * (end - at));
    for (std::size_t i = at; i < end; ++i) {
      const std::string place = key("instance:" + ids->elements[i].text);
      page.push_back({"GET", place});
      page.push_back({"PTTL", place});
    }
    const auto replies = client_.run(page, redis::any_error);
    if (!replies) return tl::unexpected(error_of(replies.error()));
    for (std::size_t i = at; i < end; ++i) {
      const Reply& said = (*replies)[2 * (i - at)];
      // Only a key of another kind is somebody's mistake, and no instance's.
      if (said.is_error() && said.first_word() != "WRONGTYPE")
        return tl::unexpected(error_of(redis::error_of(said)));
      const std::size_t reply = 2 * (i - at);
      // One that cannot be read is nobody's heartbeat.
      auto instance = read_instance((*replies)[reply].text);
      if (!instance || instance->id != ids->elements[i].text) continue;
      const milliseconds left((*replies)[reply + 1].integer);
      // What has no end was not said by us.
      if (left.count() > 0) instance->age = std::max(instance_time - left, milliseconds(0));
      all.push_back(*std::move(instance));
    }
  }
  std::ranges::sort(all, {}, &Instance::id);
  return all;
}

StoreResult<void> RedisStore::leave(const std::string& id) {
  const auto gone = run({{"DEL", key("instance:" + id)}, {"SREM", key("instances"), id}});
  if (!gone) return tl::unexpected(gone.error());
  return {};
}

StoreResult<std::uint64_t> RedisStore::oldest_kept() {
  const auto oldest = run(Command{"GET", key("collected")});
  if (!oldest) return tl::unexpected(oldest.error());
  return text::read_whole_number<std::uint64_t>(oldest->text).value_or(1);
}

StoreResult<void> RedisStore::read_log(std::uint64_t first, const TakeRecord& take) {
  std::size_t records = 0;
  while (true) {
    const auto page = run(Command{"XRANGE", key(log_key), std::to_string(first) + "-0", "+", "COUNT",
                                  std::to_string(page_size)});
    if (!page) return tl::unexpected(page.error());
    for (const Reply& entry : page->elements) {
      const std::uint64_t version = version_of(entry);
      // Nothing of ours comes behind that, and there might be no end to it.
      if (version < first || version > greatest_number || ++records > most_log_records) {
        take(version, fail("it is none of a store's versions"));
        return {};
      }
      take(version, read_entry(entry));
      first = version + 1;
    }
    if (page->elements.size() < page_size) return {};
  }
}

// What the versions from one on and all instances name.
StoreResult<std::set<std::string>> RedisStore::needed_objects(std::uint64_t oldest) {
  std::set<std::string> needed;
  std::optional<StoreError> damage;
  const auto read = read_log(oldest, [&](std::uint64_t version, const Result<VersionRecord>& record) {
    // Nothing is taken away as long as somebody does not know what is needed.
    if (record)
      needed.insert(record->hash);
    else
      damage = StoreError{StoreTrouble::corrupt, shown_version(version) + ": " + record.error().message};
  });
  if (!read) return tl::unexpected(read.error());
  if (damage) return tl::unexpected(*damage);
  const auto all = instances();
  if (!all) return tl::unexpected(all.error());
  for (const Instance& one : *all) needed.insert(one.hash);
  return needed;
}

StoreResult<std::vector<std::string>> RedisStore::find_keys(const std::string& pattern) {
  std::vector<std::string> found;
  std::string cursor = "0";
  std::size_t pages = 0;
  do {
    const auto page = run(Command{"SCAN", cursor, "MATCH", pattern, "COUNT", std::to_string(page_size)});
    if (!page) return tl::unexpected(page.error());
    if (page->elements.size() != 2) return corrupt_store("its keys cannot be listed");
    cursor = page->elements[0].text;
    for (const Reply& one : page->elements[1].elements) found.push_back(one.text);
    if (found.size() > most_keys || ++pages > most_keys)
      return corrupt_store("it has more keys than any store");
  } while (cursor != "0");
  // A key may come twice.
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  return found;
}

StoreResult<std::size_t> RedisStore::collect_objects(std::uint64_t oldest, LeaseKeeper& keeper) {
  const auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  const auto needed = needed_objects(oldest);
  if (!needed) return tl::unexpected(needed.error());
  const std::string folder = key("object:");
  const auto found = find_keys(folder + "*");
  if (!found) return tl::unexpected(found.error());
  std::vector<std::string> unneeded;
  for (const std::string& one : *found) {
    if (!needed->contains("sha256:" + one.substr(folder.size()))) unneeded.push_back(one);
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < unneeded.size(); at += page_size) {
    const auto held = keeper.keep();
    if (!held) return tl::unexpected(held.error());
    std::vector<std::string> keys{key(head_key)};
    const std::size_t end = std::min(at + page_size, unneeded.size());
    for (std::size_t i = at; i < end; ++i) keys.push_back(unneeded[i]);
    const auto gone = run_script(collect_script, keys, {*newest ? (*newest)->chain : ""});
    if (!gone) return tl::unexpected(gone.error());
    // A version came between, and may need one of them: what is left waits for the next time.
    if (gone->integer < 0) break;
    count += static_cast<std::size_t>(gone->integer);
  }
  return count;
}

// Snapshots on their way and leases go by themselves: there is nothing that an age could tell.
StoreResult<Collected> RedisStore::collect(std::size_t kept_versions, std::chrono::seconds /*age*/,
                                           const Lease& lease) {
  LeaseKeeper keeper(*this, lease);
  const auto newest = head();
  if (!newest) return tl::unexpected(newest.error());
  const std::uint64_t last = *newest ? (*newest)->version : 0;
  const auto oldest_before = oldest_kept();
  if (!oldest_before) return tl::unexpected(oldest_before.error());
  if (is_beyond(*oldest_before, last)) return corrupt_store(std::string("`collected`: ") + collected_fault);
  const std::uint64_t oldest = oldest_to_keep(*oldest_before, last, kept_versions);
  // Said before anything is taken away: what is missing then is not lost.
  if (oldest > *oldest_before) {
    const auto said = run_script(collected_script, {key("collected")}, {std::to_string(oldest)});
    if (!said) return tl::unexpected(said.error());
  }
  const auto objects = collect_objects(oldest, keeper);
  if (!objects) return tl::unexpected(objects.error());
  Collected collected;
  collected.objects = *objects;
  // Nobody asks under another's lease.
  const auto withdrawn = withdraw(lease);
  if (!withdrawn) return tl::unexpected(withdrawn.error());
  const auto ids = run(Command{"SMEMBERS", key("instances")});
  if (!ids) return tl::unexpected(ids.error());
  // Instances that said nothing for a day have no key any more, but a name.
  for (const Reply& id : ids->elements) {
    const auto is_there = run(Command{"EXISTS", key("instance:" + id.text)});
    if (!is_there) return tl::unexpected(is_there.error());
    if (is_there->integer != 0) continue;
    const auto gone = run(Command{"SREM", key("instances"), id.text});
    if (!gone) return tl::unexpected(gone.error());
    collected.instances += static_cast<std::size_t>(gone->integer);
  }
  return collected;
}

// What stands beside the head's record says the same.
StoreResult<void> RedisStore::verify_head(const LogVerifier& log, std::vector<StoreFault>& faults) {
  // Read behind the log: it may have gone on since.
  const auto newest = head();
  if (!newest && newest.error().trouble != StoreTrouble::corrupt) return tl::unexpected(newest.error());
  if (!newest) return faults.push_back({"head", newest.error().message}), StoreResult<void>();
  const auto beside = run(Command{"HMGET", key(head_key), "version", "chain", "fence"});
  if (!beside) return tl::unexpected(beside.error());
  const std::uint64_t head = *newest ? (*newest)->version : 0;
  const std::uint64_t last = log.before ? log.before->version : 0;
  const auto& said = beside->elements;
  const bool is_same_version = said.size() == 3 && said[0].text == std::to_string(head);
  if (*newest && is_same_version &&
      (said[1].text != (*newest)->chain || said[2].text != std::to_string((*newest)->fence)))
    faults.push_back({"head", "its chain or its fence is not that of its record"});
  if (head < last || (head == last && log.before && log.before->chain != (*newest)->chain))
    faults.push_back({"head", "it is not the last version of the log"});
  if (head > last) {
    const auto record = version(head);
    if (!record || record->chain != (*newest)->chain)
      faults.push_back({"head", "it is a version that is not in the log"});
  }
  return {};
}

StoreResult<std::vector<StoreFault>> RedisStore::verify() {
  const auto oldest = oldest_kept();
  if (!oldest) return tl::unexpected(oldest.error());
  LogVerifier log(*oldest, shown_version);
  const auto read = read_log(0, [&log](std::uint64_t version, const Result<VersionRecord>& record) {
    log.take(version, record ? std::optional(*record) : std::nullopt, record ? "" : record.error().message);
  });
  if (!read) return tl::unexpected(read.error());
  std::vector<StoreFault> faults = std::move(log.faults);
  const auto verified = verify_head(log, faults);
  if (!verified) return tl::unexpected(verified.error());
  if (is_beyond(*oldest, log.before ? log.before->version : 0))
    faults.push_back({"collected", collected_fault});
  for (const auto& [hash, version] : log.objects) {
    const auto text = object(hash);
    if (!text) faults.push_back({hash, object_fault(text.error(), version)});
  }
  return faults;
}

milliseconds RedisStore::heartbeat_interval() const { return std::max(heartbeat_, redis_heartbeat); }

StoreResult<std::unique_ptr<Subscription>> RedisStore::subscribe() const {
  auto subscription = redis::Subscription::start(client_.target(), key(events_channel));
  if (!subscription) return trouble(StoreTrouble::unavailable, subscription.error().message);
  return std::make_unique<RedisSubscription>(*std::move(subscription));
}

}  // namespace honua::coordination
