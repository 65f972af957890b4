// SPDX-License-Identifier: MIT
#include "coordination/rollout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
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

// Instances that live as long as this does: each answers proposals as it is told to.
class Fleet {
 public:
  // "yes", "no" or "silent", by the instance's name.
  Fleet(std::string url, std::map<std::string, std::string> answers, std::uint64_t version = 0)
      : url_(std::move(url)), answers_(std::move(answers)), version_(version) {
    const auto store = *open_store(url_, {});
    for (const auto& [id, answer] : answers_) say(*store, id, [](Instance&) {});
    thread_ = std::thread([this] { run(); });
  }
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;
  ~Fleet() {
    ends_ = true;
    thread_.join();
  }

 private:
  void say(Store& store, const std::string& id, const std::function<void(Instance&)>& change) {
    Instance& instance = instances_[id];
    instance.id = id;
    instance.host = "host-" + id;
    instance.state = "applied";
    instance.version = version_;
    instance.interval = 100;
    change(instance);
    ++instance.beat;
    CHECK(store.beat(instance).has_value());
  }
  void run() {
    const auto store = *open_store(url_, {});
    while (!ends_) {
      const auto state = store->state();
      for (const auto& [id, answer] : answers_) {
        say(*store, id, [&, &said = answer](Instance& instance) {
          if (!state || !state->proposal || said == "silent") return;
          instance.proposal = state->proposal->id;
          instance.accepts = said == "yes";
          instance.objection = said == "yes" ? "" : "line 3";
        });
      }
      std::this_thread::sleep_for(milliseconds(20));
    }
  }

  std::string url_;
  std::map<std::string, std::string> answers_;
  std::uint64_t version_;  // that they run
  std::map<std::string, Instance> instances_;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

struct Rolling {
  Rolling() {
    StoreOptions options;
    options.creates = true;
    store = *open_store(url, options);
    lease = acquire(*store, lease_request(milliseconds(5000), milliseconds(0)));
  }
  Votes ask(const std::optional<Quorum>& quorum = std::nullopt,
            milliseconds patience = milliseconds(3000)) const {
    auto votes = ask_instances(*store, "text", "tester", lease, quorum, patience);
    REQUIRE_MESSAGE(votes.has_value(), votes.error().message);
    return *std::move(votes);
  }
  VersionRecord publish_for(const std::vector<std::string>& canaries) {
    PublishRequest request = request_of("canary");
    request.lease = lease;
    request.canaries = canaries;
    return publish(*store, request).head;
  }
  CanaryOutcome await(const VersionRecord& version, milliseconds hold) const {
    auto outcome = await_canaries(*store, version, lease, hold, milliseconds(0));
    REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
    return *std::move(outcome);
  }
  void say(const std::string& id, const std::string& state, std::uint64_t version) const {
    Instance instance;
    instance.id = id;
    instance.state = state;
    instance.version = version;
    instance.rejected_version = state == "rejected" ? version + 1 : 0;
    instance.reason = state == "rejected" ? "line 3" : "";
    instance.interval = 1'000;
    CHECK(store->beat(instance).has_value());
  }

  ScratchDirectory scratch;
  std::string url = "dir:" + scratch.file("store");
  std::unique_ptr<Store> store;
  Lease lease;
};

}  // namespace

TEST_CASE("what all live instances accept is accepted") {
  Rolling rolling;
  const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}});
  const Votes votes = rolling.ask();
  CHECK(votes.is_accepted);
  CHECK(votes.live == 3);
  CHECK(votes.accepted == 3);
  CHECK_FALSE(rolling.store->state()->proposal.has_value());
}

TEST_CASE("one that refuses is enough, and says why") {
  const Rolling rolling;
  const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "no"}});
  const Votes votes = rolling.ask();
  CHECK_FALSE(votes.is_accepted);
  REQUIRE(votes.refusing.size() == 1);
  CHECK(votes.refusing.front().host == "host-b");
  CHECK(votes.refusing.front().objection == "line 3");
}

TEST_CASE("one that lives and is silent is waited for, and counts against it") {
  const Rolling rolling;
  const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "silent"}});
  const auto begin = std::chrono::steady_clock::now();
  const Votes votes = rolling.ask(std::nullopt, milliseconds(600));
  CHECK(std::chrono::steady_clock::now() - begin >= milliseconds(600));
  CHECK_FALSE(votes.is_accepted);
  REQUIRE(votes.silent.size() == 1);
  CHECK(votes.silent.front().id == "b");
}

TEST_CASE("a quorum is enough, or out of reach, before all have answered") {
  const Rolling rolling;
  const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "yes"}, {"c", "no"}, {"d", "silent"}});
  const auto begin = std::chrono::steady_clock::now();
  CHECK(rolling.ask(Quorum{2, false}, milliseconds(20'000)).is_accepted);
  CHECK(rolling.ask(Quorum{50, true}, milliseconds(20'000)).is_accepted);
  CHECK_FALSE(rolling.ask(Quorum{100, true}, milliseconds(20'000)).is_accepted);
  CHECK_FALSE(rolling.ask(Quorum{4, false}, milliseconds(20'000)).is_accepted);
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(20'000));
  CHECK_FALSE(rolling.ask(Quorum{75, true}, milliseconds(400)).is_accepted);
}

TEST_CASE("a quorum is one instance at least") {
  CHECK(accepting_of(std::nullopt, 3) == 3);
  CHECK(accepting_of(std::nullopt, 0) == 1);
  CHECK(accepting_of(Quorum{1, true}, 3) == 1);
  CHECK(accepting_of(Quorum{34, true}, 3) == 2);
  CHECK(accepting_of(Quorum{5, false}, 3) == 5);
}

TEST_CASE("where nobody lives nothing is accepted, and the dead are not waited for longer than it takes") {
  const Rolling rolling;
  CHECK(rolling.ask().live == 0);
  CHECK_FALSE(rolling.ask().is_accepted);
  { const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "yes"}}); }
  const Fleet fleet(rolling.url, {{"c", "yes"}});
  const Votes votes = rolling.ask();
  CHECK(votes.is_accepted);
  CHECK(votes.live == 1);
}

TEST_CASE("who has lost the lease asks nobody any more") {
  Rolling rolling;
  LeaseRequest other = lease_request(milliseconds(5000), milliseconds(0));
  other.takes_over = true;
  (void)acquire(*rolling.store, other);
  const auto votes =
      ask_instances(*rolling.store, "text", "tester", rolling.lease, std::nullopt, milliseconds(100));
  REQUIRE_FALSE(votes.has_value());
  CHECK(votes.error().message == "the lease was taken over meanwhile");
  CHECK_FALSE(rolling.store->state()->proposal.has_value());
}

TEST_CASE("canaries are live instances, the same ones for the same snapshot") {
  Rolling rolling;
  const Fleet fleet(rolling.url, {{"a", "yes"}, {"b", "yes"}, {"c", "yes"}});
  const auto two = *choose_canaries(*rolling.store, 2, "hash", rolling.lease, {});
  CHECK(two.size() == 2);
  CHECK(*choose_canaries(*rolling.store, 2, "hash", rolling.lease, {}) == two);
  CHECK(choose_canaries(*rolling.store, 9, "hash", rolling.lease, {})->size() == 3);
  // Who has refused it does not run it first.
  CHECK(*choose_canaries(*rolling.store, 2, "hash", rolling.lease, {"a", "c"}) ==
        std::vector<std::string>{"b"});
}

TEST_CASE("a version of canaries is for them until it is promoted, or another one follows") {
  Rolling rolling;
  Store& store = *rolling.store;
  CHECK((*version_for(store, *store.state(), "a", 0)) == std::nullopt);
  const VersionRecord first = publish(store, request_of("one")).head;
  const VersionRecord second = rolling.publish_for({"b", "c"});
  CHECK(store.version(2)->canaries == std::vector<std::string>{"b", "c"});
  const auto version_of = [&](const std::string& id, std::uint64_t runs = 0) {
    return (*version_for(store, *store.state(), id, runs))->version;
  };
  CHECK(version_of("a") == 1);
  CHECK(version_of("b") == 2);
  CHECK(version_of("a", 2) == 2);
  CHECK_FALSE(*store.promote(first, rolling.lease));
  CHECK(*store.promote(second, rolling.lease));
  CHECK(version_of("a") == 2);
  // Of the next one, nothing is promoted.
  PublishRequest next = request_of("three");
  next.lease = rolling.lease;
  next.canaries = {"b"};
  (void)publish(store, next);
  CHECK(version_of("a") == 2);
  (void)publish(store, request_of("four"));
  CHECK(version_of("a") == 4);
}

TEST_CASE("who takes a lease over does not promote what canaries run") {
  Rolling rolling;
  (void)publish(*rolling.store, request_of("one"));
  (void)rolling.publish_for({"b"});
  LeaseRequest other = lease_request(milliseconds(5000), milliseconds(0));
  other.takes_over = true;
  const Lease lease = acquire(*rolling.store, other);
  const auto head = rolling.store->head();
  CHECK((*head)->kind == VersionKind::barrier);
  CHECK((*version_for(*rolling.store, *rolling.store->state(), "a", 0))->version == 1);
  CHECK(*rolling.store->promote(**head, lease));
  CHECK((*version_for(*rolling.store, *rolling.store->state(), "a", 0))->version == 3);
}

TEST_CASE("a canary that takes its time is waited for, whatever the hold is") {
  Rolling rolling;
  (void)publish(*rolling.store, request_of("one"));
  const VersionRecord version = rolling.publish_for({"a"});
  rolling.say("a", "applied", 1);
  std::thread later([&] {
    std::this_thread::sleep_for(milliseconds(500));
    const Fleet fleet(rolling.url, {{"a", "yes"}}, 2);
    std::this_thread::sleep_for(milliseconds(1500));
  });
  const auto outcome = await_canaries(*rolling.store, version, rolling.lease, milliseconds(0));
  later.join();
  REQUIRE(outcome.has_value());
  CHECK(outcome->is_healthy);
}

TEST_CASE("a store that is away for a moment does not end the canaries' time") {
  const redis::RedisServer server;
  StoreOptions options;
  options.creates = true;
  const auto store = *open_store(server.url(), options);
  PublishRequest request = request_of("canary");
  request.canaries = {"a"};
  request.lease = acquire(*store, lease_request(milliseconds(10'000), milliseconds(0)));
  const VersionRecord version = publish(*store, request).head;
  Instance instance;
  instance.id = "a";
  instance.state = "applied";
  instance.version = version.version;
  instance.interval = 1'000;
  CHECK(store->beat(instance).has_value());
  std::atomic<bool> ends = false;
  std::thread canary([&] {
    const auto own = *open_store(server.url(), {});
    while (!ends) {
      ++instance.beat;
      (void)own->beat(instance);
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  std::thread away([&] {
    std::this_thread::sleep_for(milliseconds(300));
    server.pause();
    std::this_thread::sleep_for(milliseconds(5000));
    server.go_on();
  });
  const auto outcome = await_canaries(*store, version, *request.lease, milliseconds(1000), milliseconds(0));
  away.join();
  ends = true;
  canary.join();
  REQUIRE_MESSAGE(outcome.has_value(), outcome.error().message);
  CHECK(outcome->reason == "");
  CHECK(outcome->is_healthy);
}

TEST_CASE("canaries that run a version to the end are healthy, others are not") {
  Rolling rolling;
  (void)publish(*rolling.store, request_of("one"));
  const VersionRecord version = rolling.publish_for({"a"});
  CHECK(rolling.await(version, milliseconds(0)).reason == "it is no longer there");
  rolling.say("a", "applied", 1);
  CHECK(rolling.await(version, milliseconds(0)).reason == "it does not run the version yet");
  rolling.say("a", "rejected", 1);
  const CanaryOutcome rejected = rolling.await(version, milliseconds(60'000));
  CHECK(rejected.reason == "it rejects the version: line 3");
  CHECK(rejected.instance->id == "a");
  rolling.say("a", "leaving", 2);
  CHECK(rolling.await(version, milliseconds(60'000)).reason == "it has ended");
  rolling.say("a", "applied", 2);
  CHECK(rolling.await(version, milliseconds(300)).reason == "it has not been heard of");
  {
    const Fleet fleet(rolling.url, {{"a", "yes"}}, 2);
    CHECK(rolling.await(version, milliseconds(300)).is_healthy);
    // At once, but not before it has shown that it lives.
    CHECK(rolling.await(version, milliseconds(0)).is_healthy);
  }
  (void)publish(*rolling.store, request_of("other"));
  CHECK(rolling.await(version, milliseconds(60'000)).is_superseded);
}

}  // namespace honua::coordination
