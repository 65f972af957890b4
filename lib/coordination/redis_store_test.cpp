// SPDX-License-Identifier: MIT
#include "coordination/redis_store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "base/scratch_directory.h"
#include "coordination/store_for_test.h"
#include "redis/redis_for_test.h"
#include "snapshot/hash.h"

namespace honua::coordination {

namespace {

using std::chrono::milliseconds;

std::unique_ptr<Store> open_redis(const redis::RedisServer& server, bool creates = true) {
  StoreOptions options;
  options.creates = creates;
  auto opened = open_store(server.url(), options);
  REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
  return *std::move(opened);
}

std::vector<std::string> keys_of(const redis::RedisServer& server) {
  std::vector<std::string> all;
  for (const auto& one : server.ask({"KEYS", "*"}).elements) all.push_back(one.text);
  std::ranges::sort(all);
  return all;
}

std::string message_of(const StoreError& error) { return error.message; }

}  // namespace

TEST_CASE("a Redis without a store is told so, and one that is not there, too") {
  redis::RedisServer server;
  const auto none = open_store(server.url(), {});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().trouble == StoreTrouble::missing);
  CHECK(none.error().message == "`" + server.url() + "`: there is no store");
  server.kill();
  const auto away = open_store(server.url(), {});
  CHECK(away.error().trouble == StoreTrouble::unavailable);
  CHECK(away.error().message == "`" + server.url() + "`: the server does not answer: connection refused");
  const auto wrong = open_store("redis://:secret@cache/x", {});
  CHECK(wrong.error().trouble == StoreTrouble::refused);
  CHECK(wrong.error().message == "the store's URL cannot be used: its database is no number");
}

TEST_CASE("all that a store keeps in Redis has one hash tag, and what is on its way goes by itself") {
  const redis::RedisServer server;
  auto store = *open_store(server.url() + "?prefix=city", {true});
  (void)publish(*store, request_of("one"));
  const Lease lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  for (const std::string& key : keys_of(server)) CHECK(key.starts_with("{city}:"));
  CHECK(server.ask({"TTL", "{city}:lease:publisher"}).integer > 0);
  CHECK(store->release(lease).has_value());
  CHECK(server.ask({"EXISTS", "{city}:lease:publisher"}).integer == 0);
  // One that was put, and never published.
  (void)server.ask({"SETRANGE", "{city}:put:x", "0", "junk"});
  CHECK(faults_of(*store).empty());
  CHECK(server.ask({"KEYS", "{city}:put:*"}).elements.size() == 1);
  const std::string object = "{city}:object:" + snapshot::hash_of("one").substr(7);
  CHECK(server.ask({"GET", object}).text == "one");
  CHECK(server.ask({"TTL", object}).integer == -1);
}

TEST_CASE("a store whose password comes from the environment is opened, and shows none") {
  const redis::RedisServer server({"--requirepass", "opensesame"});
  StoreOptions options;
  options.creates = true;
  options.redis_password = "opensesame";
  auto store = open_store(server.url(), options);
  REQUIRE(store.has_value());
  CHECK((*store)->name() == server.url());
  options.redis_password = "wrong-and-secret";
  const auto refused = open_store(server.url(), options);
  CHECK(refused.error().trouble == StoreTrouble::refused);
  CHECK(refused.error().message == "`" + server.url() + "`: the server does not take this user and password");
}

TEST_CASE("a head that went back, a store that was emptied and one made anew are told apart") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  const std::string epoch = *store->epoch();
  (void)publish(*store, request_of("one"));
  (void)publish(*store, request_of("two"));
  (void)server.ask({"FLUSHALL"});
  CHECK(store->head().error().trouble == StoreTrouble::missing);
  CHECK(message_of(store->publish(request_of("three")).error()) == "there is no store");
  const auto again = open_redis(server);
  CHECK(*again->epoch() != epoch);
  CHECK(head_version(*again) == 0);
}

TEST_CASE("a store that lost its head alone is not made anew over its versions") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  (void)server.ask({"DEL", "{honua}:head"});
  const auto refused = open_store(server.url(), {true});
  CHECK(refused.error().trouble == StoreTrouble::corrupt);
  CHECK(refused.error().message == "`" + server.url() + "`: it has versions, and no head that leads to them");
}

TEST_CASE("what was damaged in Redis is told with its place, and is not used") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  std::string hash;
  for (int i = 0; i < 4; ++i) hash = publish(*store, request_of(std::to_string(i))).head.hash;
  const std::string object = "{honua}:object:" + hash.substr(7);
  SUBCASE("a snapshot") {
    (void)server.ask({"SET", object, "9"});
    CHECK(store->object(hash).error().trouble == StoreTrouble::corrupt);
    CHECK(faults_of(*store) ==
          std::vector<std::string>{hash + ": the snapshot `" + hash +
                                   "` does not have the hash that it is called by (of version 4)"});
    // Who publishes it again mends it.
    PublishRequest again = request_of("3");
    again.even_if_same = true;
    (void)publish(*store, again);
    CHECK(*store->object(hash) == "3");
  }
  SUBCASE("a snapshot that was taken away") {
    (void)server.ask({"DEL", object});
    CHECK(store->object(hash).error().trouble == StoreTrouble::missing);
    CHECK(faults_of(*store).size() == 1);
  }
  SUBCASE("a record that was taken away") {
    (void)server.ask({"XDEL", "{honua}:log", "3-0"});
    CHECK(faults_of(*store) == std::vector<std::string>{"version 3: it is missing"});
    CHECK(store->history(10).error().message == "there is no version 3");
    CHECK(store->version(3).error().trouble == StoreTrouble::missing);
  }
  SUBCASE("the head's record") {
    (void)server.ask({"HSET", "{honua}:head", "record", "{}"});
    CHECK(store->head().error().trouble == StoreTrouble::corrupt);
  }
  SUBCASE("the head's number") {
    (void)server.ask({"HSET", "{honua}:head", "version", "3"});
    CHECK(message_of(store->head().error()) == "its head is another version than it says");
  }
  SUBCASE("a head behind the log") {
    // As of a Redis whose keys were restored one by one.
    const std::string third =
        server.ask({"XRANGE", "{honua}:log", "3-0", "3-0"}).elements[0].elements[1].elements[1].text;
    (void)server.ask(
        {"HSET", "{honua}:head", "record", third, "version", "3", "chain", store->version(3)->chain});
    CHECK(faults_of(*store) == std::vector<std::string>{"head: it is not the last version of the log"});
    CHECK(message_of(store->publish(request_of("new")).error()).find("equal or smaller") !=
          std::string::npos);
    CHECK(head_version(*store) == 3);
  }
  SUBCASE("a log behind the head") {
    (void)server.ask({"XDEL", "{honua}:log", "4-0"});
    CHECK(faults_of(*store) == std::vector<std::string>{"head: it is a version that is not in the log"});
  }
  SUBCASE("keys of another kind") {
    (void)server.ask({"DEL", "{honua}:head"});
    (void)server.ask({"SET", "{honua}:head", "x"});
    CHECK(message_of(store->head().error()).starts_with("the server answers with `WRONGTYPE"));
  }
}

TEST_CASE("what stands in Redis beside the records is verified, too") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  const std::vector<std::string> beside{"head: its chain or its fence is not that of its record"};
  SUBCASE("the chain") {
    (void)server.ask({"HSET", "{honua}:head", "chain", "0123"});
    CHECK(faults_of(*store) == beside);
  }
  SUBCASE("the fence") {
    (void)server.ask({"HSET", "{honua}:head", "fence", "17"});
    CHECK(faults_of(*store) == beside);
  }
  SUBCASE("the record") {
    (void)server.ask({"HSET", "{honua}:head", "record", "x"});
    CHECK(faults_of(*store).size() == 1);
    CHECK(faults_of(*store).front().starts_with("head: "));
  }
  SUBCASE("entries that no version can have") {
    for (int i = 0; i < 500; ++i)
      (void)server.ask({"XADD", "{honua}:log", std::to_string(i + 2) + "-0", "record", "x"});
    (void)server.ask({"XADD", "{honua}:log", "18446744073709551615-0", "record", "x"});
    CHECK_FALSE(faults_of(*store).empty());
  }
}

TEST_CASE("a lease whose fence nobody could record publishes nothing") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  (void)server.ask({"HSET", "{honua}:grants:publisher", "fence", "9007199254740992", "released", "1"});
  PublishRequest request = request_of("two");
  request.lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(store->publish(request).error().trouble == StoreTrouble::corrupt);
  CHECK(head_version(*store) == 1);
  CHECK(faults_of(*store).empty());
}

TEST_CASE("a key of another kind is no instance") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  for (const char* id : {"a", "b"}) {
    Instance instance;
    instance.id = id;
    CHECK(open_redis(server)->beat(instance).has_value());
  }
  (void)server.ask({"DEL", "{honua}:instance:a"});
  (void)server.ask({"SADD", "{honua}:instance:a", "x"});
  REQUIRE(store->instances().has_value());
  CHECK(store->instances()->size() == 1);
}

TEST_CASE("a lease that cannot be used is free again, and who takes it bars the holder before") {
  const redis::RedisServer server({"--maxmemory-policy", "noeviction"});
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  (void)acquire(*store, lease_request(milliseconds(100), milliseconds(0)));
  std::this_thread::sleep_for(milliseconds(200));
  // The lease can be had, and no barrier be made.
  (void)server.ask({"HSET", "{honua}:head", "record", "x"});
  const auto failed = store->acquire(lease_request(milliseconds(60'000), milliseconds(0)));
  REQUIRE_FALSE(failed.has_value());
  (void)server.ask({"HSET", "{honua}:head", "record", write_record(*store->version(1))});
  const Lease lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(lease.is_taken_over);
  CHECK((*store->head())->kind == VersionKind::barrier);
}

TEST_CASE("a proposal whose answer was lost is made once") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  const Lease lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  const Proposal proposal{random_name(), snapshot::hash_of("two"), "tester"};
  CHECK(store->propose(proposal, "two", lease).has_value());
  CHECK(store->propose(proposal, "two", lease).has_value());
  CHECK(server.ask({"KEYS", "{honua}:put:*"}).elements.empty());
}

TEST_CASE("a server without memory keeps its head, and takes the version later") {
  const redis::RedisServer server({"--maxmemory-policy", "noeviction"});
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  (void)server.ask({"CONFIG", "SET", "maxmemory", "1"});
  CHECK(message_of(store->publish(request_of("two")).error()) == "the server's memory is full");
  CHECK(head_version(*store) == 1);
  CHECK(*store->object(store->version(1)->hash) == "one");
  (void)server.ask({"CONFIG", "SET", "maxmemory", "0"});
  CHECK(publish(*store, request_of("two")).head.version == 2);
  CHECK(faults_of(*store).empty());
}

TEST_CASE("a master without its replicas takes no version") {
  const redis::RedisServer server({"--min-replicas-to-write", "1"});
  const auto refused = open_store(server.url(), {true});
  CHECK(refused.error().message == "`" + server.url() + "`: the server has too few replicas to take writes");
}

TEST_CASE("a publisher whose answer was lost makes one version, whenever it asks again") {
  redis::RedisServer server({"--appendonly", "yes", "--appendfsync", "always"});
  const auto store = open_redis(server);
  PublishRequest request = request_of("one");
  request.request = "deployment-17";
  CHECK(publish(*store, request).head.version == 1);
  (void)publish(*store, request_of("two"));
  server.kill();
  server.start();
  REQUIRE(redis::comes_true([&] { return store->head().has_value(); }));
  const auto again = publish(*store, request);
  CHECK(again.result == PublishResult::repeated);
  CHECK(again.head.version == 1);
  CHECK(head_version(*store) == 2);
}

TEST_CASE(
    "a connection that ends in the middle of publishing is made anew, and no version is lost or doubled") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  std::atomic<bool> is_over = false;
  std::thread cutting([&] {
    while (!is_over) {
      (void)server.ask({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
      std::this_thread::sleep_for(milliseconds(2));
    }
  });
  std::uint64_t acknowledged = 0;
  for (int i = 0; i < 300; ++i) {
    const PublishRequest request = request_of(std::to_string(i));
    while (true) {
      const auto outcome = store->publish(request);
      if (!outcome) continue;
      CHECK(is_done(outcome->result));
      CHECK(outcome->head.version > acknowledged);
      acknowledged = outcome->head.version;
      break;
    }
  }
  is_over = true;
  cutting.join();
  CHECK(acknowledged == 300);
  CHECK(redis::comes_true([&] { return store->head().has_value(); }));
  CHECK(head_version(*store) == 300);
  CHECK(faults_of(*store).empty());
}

TEST_CASE("a new version wakes who subscribed") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  const auto subscription = *store->subscribe();
  REQUIRE(subscription);
  const auto wakes = [&] {
    const bool is_awake = redis::wait_for(subscription->descriptor(), redis::Wanted::readable,
                                          redis::deadline_in(std::chrono::seconds(5)));
    subscription->take();
    return is_awake;
  };
  // That it listens, first.
  REQUIRE(wakes());
  (void)publish(*store, request_of("one"));
  CHECK(wakes());
}

TEST_CASE("a lease in Redis ends when its time does, and the fence never goes back") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  const Lease first = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  PublishRequest request = request_of("one");
  request.lease = first;
  CHECK(publish(*store, request).head.fence == first.fence);
  // Somebody takes away what was granted.
  (void)server.ask({"DEL", "{honua}:lease:publisher", "{honua}:grants:publisher"});
  const Lease second = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(second.fence == first.fence + 1);
  CHECK_FALSE(*store->renew(first));
  PublishRequest stale = request_of("two");
  stale.lease = first;
  CHECK(publish(*store, stale).result == PublishResult::stale_fence);
}

TEST_CASE("a version that replicas must have is made once they have its snapshot") {
  const redis::RedisServer master;
  const auto store = open_redis(master);
  PublishRequest request = request_of("one");
  request.replicas = 1;
  const auto refused = store->publish(request);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().trouble == StoreTrouble::refused);
  CHECK(refused.error().message == "only 0 replicas of 1 took the snapshot, and it is not published");
  CHECK(head_version(*store) == 0);
  CHECK(master.ask({"KEYS", "{honua}:put:*"}).elements.empty());
  const redis::RedisServer replica({"--replicaof", "127.0.0.1 " + std::to_string(master.port())});
  PublishOutcome outcome;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (head_version(*store) == 0 && std::chrono::steady_clock::now() < end) {
    if (const auto tried = store->publish(request)) outcome = *tried;
  }
  CHECK(outcome.result == PublishResult::published);
  CHECK(outcome.replicas == 1);
  // Asked again, it is the same version, and the replicas are asked again, too.
  const auto repeated = store->publish(request);
  CHECK(repeated->result == PublishResult::repeated);
  CHECK(repeated->replicas == 1);
  CHECK(replica.ask({"HGET", "{honua}:head", "version"}).text == "1");
}

TEST_CASE("servers that know nothing of stores hear of a file on their channel") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  CHECK(store->announce("/etc/honua/honua.hcl").has_value());
  const ScratchDirectory scratch;
  const auto directory = open_store("dir:" + scratch.file("store"), {true});
  CHECK((*directory)->announce("x").error().message ==
        "only a store in Redis has a channel that servers listen to");
}

TEST_CASE("how long an instance has said nothing, the server tells") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  Instance instance;
  instance.id = "a";
  CHECK(store->beat(instance).has_value());
  CHECK(store->instances()->front().age < milliseconds(5000));
  (void)server.ask({"PEXPIRE", "{honua}:instance:a", std::to_string(86'400'000 - 60'000)});
  CHECK(store->instances()->front().age >= milliseconds(60'000));
  (void)server.ask({"PERSIST", "{honua}:instance:a"});
  CHECK_FALSE(store->instances()->front().age.has_value());
}

TEST_CASE("of many instances each says more seldom that it lives") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  CHECK(store->heartbeat_interval() == milliseconds(5000));
  std::vector<std::string> names{"SADD", "{honua}:instances"};
  names.reserve(1001);
  for (int i = 0; i < 999; ++i) names.push_back("i" + std::to_string(i));
  (void)server.ask(names);
  Instance instance;
  instance.id = "a";
  const Pulse pulse = store->pulse(instance);
  CHECK(pulse.said.has_value());
  CHECK(pulse.state->has_value());
  CHECK(store->heartbeat_interval() == milliseconds(15'000));
}

TEST_CASE("who may not say that it lives hears what the store says") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  (void)publish(*store, request_of("one"));
  (void)server.ask({"CONFIG", "SET", "maxmemory", "1"});
  Instance instance;
  instance.id = "a";
  const Pulse pulse = store->pulse(instance);
  CHECK_FALSE(pulse.said.has_value());
  REQUIRE(pulse.state.has_value());
  REQUIRE(pulse.state->has_value());
  CHECK((*pulse.state)->head->version == 1);
}

TEST_CASE("a snapshot that is proposed and never published goes by itself") {
  const redis::RedisServer server;
  const auto store = open_redis(server);
  const Lease lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  const std::string hash = snapshot::hash_of("two");
  CHECK(store->propose({random_name(), hash, "tester"}, "two", lease).has_value());
  const std::string object = "{honua}:object:" + hash.substr(7);
  CHECK(server.ask({"PTTL", object}).integer > 0);
  CHECK(server.ask({"KEYS", "{honua}:put:*"}).elements.empty());
  PublishRequest request = request_of("two");
  request.lease = lease;
  (void)publish(*store, request);
  CHECK(server.ask({"PTTL", object}).integer == -1);
}

}  // namespace honua::coordination
