// SPDX-License-Identifier: MIT
// What holds for every store.
#include "coordination/store.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
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

struct DirectoryOnDisk {
  ScratchDirectory scratch;
  std::string url = "dir:" + scratch.file("store");
};

struct RedisOnLoopback {
  redis::RedisServer server;
  std::string url = server.url();
};

template <class Kind>
struct AnyStore {
  [[nodiscard]] std::unique_ptr<Store> reopen() const {
    StoreOptions options;
    options.creates = true;
    auto opened = open_store(kind.url, options);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    return *std::move(opened);
  }

  Kind kind;
  std::unique_ptr<Store> store = reopen();
};

}  // namespace

TEST_CASE_TEMPLATE("versions follow each other, and keep what they name", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  const PublishOutcome first = publish(*made.store, request_of("one\n"));
  CHECK(first.result == PublishResult::published);
  CHECK(first.head.version == 1);
  PublishRequest second = request_of("two\n");
  second.expected = 1;
  second.message = "why";
  CHECK(publish(*made.store, second).head.version == 2);
  const auto other = made.reopen();
  CHECK(head_version(*other) == 2);
  CHECK(other->version(2)->message == "why");
  CHECK(other->version(2)->previous_chain == first.head.chain);
  CHECK(*other->object(first.head.hash) == "one\n");
  CHECK(other->object(snapshot::hash_of("x")).error().trouble == StoreTrouble::missing);
  CHECK(other->version(3).error().trouble == StoreTrouble::missing);
  const auto history = other->history(1);
  REQUIRE(history->size() == 1);
  CHECK(history->front().version == 2);
  CHECK(other->history(10)->size() == 2);
  CHECK(faults_of(*other).empty());
}

TEST_CASE_TEMPLATE("the same snapshot and the same request make no second version", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  const PublishRequest request = request_of("one\n");
  CHECK(publish(*made.store, request).result == PublishResult::published);
  const PublishOutcome again = publish(*made.store, request);
  CHECK(again.result == PublishResult::repeated);
  CHECK(again.head.version == 1);
  CHECK(publish(*made.store, request_of("one\n")).result == PublishResult::same);
  PublishRequest forced = request_of("one\n");
  forced.even_if_same = true;
  CHECK(publish(*made.store, forced).head.version == 2);
}

TEST_CASE_TEMPLATE("who expects another head than there is gets a conflict and the head", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  (void)publish(*made.store, request_of("one\n"));
  PublishRequest late = request_of("two\n");
  late.expected = 0;
  const PublishOutcome outcome = publish(*made.store, late);
  CHECK(outcome.result == PublishResult::conflict);
  CHECK(outcome.head.version == 1);
  CHECK(head_version(*made.store) == 1);
}

TEST_CASE_TEMPLATE("a host whose clock is before 1970 publishes nothing that nobody could read", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  const AnyStore<Kind> made;
  Store& store = *made.store;
  PublishRequest request = request_of("one");
  request.time = std::chrono::sys_seconds(std::chrono::seconds(-60));
  const auto early = store.publish(request);
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().message == "the clock of this host is not between 1970 and 9999");
  CHECK(head_version(store) == 0);
  request.time = {};
  CHECK(publish(store, request).result == PublishResult::published);
}

TEST_CASE_TEMPLATE("of many publishers at once each gets a version of its own, without a gap", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  const AnyStore<Kind> made;
  constexpr int publishers = 6;
  constexpr int rounds = 40;
  std::vector<std::thread> threads;
  threads.reserve(publishers);
  std::vector<std::vector<std::uint64_t>> versions(publishers);
  for (int number = 0; number < publishers; ++number) {
    threads.emplace_back([&made, &versions, number] {
      auto store = *open_store(made.kind.url, {});
      for (int round = 0; round < rounds; ++round) {
        const auto outcome =
            store->publish(request_of(std::to_string(number) + "." + std::to_string(round) + "\n"));
        if (outcome && outcome->result == PublishResult::published)
          versions[static_cast<std::size_t>(number)].push_back(outcome->head.version);
      }
    });
  }
  for (std::thread& one : threads) one.join();
  std::vector<std::uint64_t> all;
  for (const auto& own : versions) {
    // What one sees goes on.
    CHECK(std::ranges::is_sorted(own));
    all.insert(all.end(), own.begin(), own.end());
  }
  std::ranges::sort(all);
  REQUIRE(all.size() == static_cast<std::size_t>(publishers) * rounds);
  CHECK(all.front() == 1);
  CHECK(all.back() == all.size());
  CHECK(std::ranges::adjacent_find(all) == all.end());
  CHECK(head_version(*made.store) == all.size());
  CHECK(faults_of(*made.store).empty());
}

TEST_CASE_TEMPLATE("a lease has one holder, and the next grant has a higher fence", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  const auto other = made.reopen();
  const Lease first = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(first.fence == 1);
  CHECK_FALSE(first.is_taken_over);
  const auto refused = other->acquire(lease_request(milliseconds(5000), milliseconds(0)));
  REQUIRE(refused.has_value());
  REQUIRE_FALSE(refused->has_value());
  CHECK(refused->error().owner == "tester");
  CHECK(*made.store->renew(first));
  CHECK(made.store->release(first).has_value());
  const Lease second = acquire(*other, lease_request(milliseconds(5000), milliseconds(0)));
  CHECK(second.fence == 2);
  CHECK_FALSE(*made.store->renew(first));
  // Another name is another lease.
  CHECK(acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0), "deploy")).fence == 1);
  CHECK(made.store->acquire(lease_request(milliseconds(1), milliseconds(0), "../x")).error().trouble ==
        StoreTrouble::refused);
}

TEST_CASE_TEMPLATE("a holder that lost its lease publishes nothing, also if it has not noticed", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  (void)publish(*made.store, request_of("zero"));
  const auto other = made.reopen();
  // As a stopped process is to others: it does not beat.
  const Lease lost = acquire(*made.store, lease_request(milliseconds(100), milliseconds(0)));
  const Lease taken = acquire(*other, lease_request(milliseconds(100), milliseconds(3000)));
  CHECK(taken.is_taken_over);
  CHECK(taken.fence == 2);
  // The new holder's first word is a version that names the same snapshot.
  CHECK(head_version(*other) == 2);
  CHECK(other->version(2)->kind == VersionKind::barrier);
  CHECK(other->version(2)->hash == other->version(1)->hash);
  PublishRequest stale = request_of("stale");
  stale.lease = lost;
  stale.expected = 1;
  CHECK(publish(*made.store, stale).result == PublishResult::stale_fence);
  stale.expected.reset();
  CHECK(publish(*made.store, stale).result == PublishResult::stale_fence);
  CHECK_FALSE(*made.store->renew(lost));
  CHECK(made.store->release(lost).has_value());
  PublishRequest good = request_of("good");
  good.lease = taken;
  CHECK(publish(*other, good).head.version == 3);
  CHECK(other->version(3)->fence == 2);
  CHECK(faults_of(*other).empty());
}

TEST_CASE_TEMPLATE("a lease can be taken away from its holder, who publishes nothing more", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  (void)publish(*made.store, request_of("zero"));
  const Lease lost = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  const auto other = made.reopen();
  LeaseRequest request = lease_request(milliseconds(5000), milliseconds(0));
  request.takes_over = true;
  const Lease taken = acquire(*other, request);
  CHECK(taken.fence > lost.fence);
  CHECK(taken.is_taken_over);
  CHECK(other->version(2)->kind == VersionKind::barrier);
  CHECK_FALSE(*made.store->renew(lost));
  PublishRequest stale = request_of("stale");
  stale.lease = lost;
  CHECK(publish(*made.store, stale).result == PublishResult::stale_fence);
  CHECK(other->release(taken).has_value());
  CHECK_FALSE(acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0))).is_taken_over);
}

TEST_CASE_TEMPLATE("a holder that beats keeps its lease", Kind, DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  const auto other = made.reopen();
  const Lease held = acquire(*made.store, lease_request(milliseconds(200), milliseconds(0)));
  std::atomic<bool> is_over = false;
  std::thread beating([&] {
    while (!is_over) {
      CHECK(*made.store->renew(held));
      std::this_thread::sleep_for(milliseconds(30));
    }
  });
  const auto refused = other->acquire(lease_request(milliseconds(200), milliseconds(800)));
  is_over = true;
  beating.join();
  REQUIRE(refused.has_value());
  CHECK_FALSE(refused->has_value());
}

TEST_CASE_TEMPLATE("leases are granted to one of many at a time, in the order of their fences", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  const AnyStore<Kind> made;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::mutex mutex;
  std::vector<std::uint64_t> fences;
  std::vector<std::thread> threads;
  threads.reserve(5);
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&] {
      auto store = *open_store(made.kind.url, {});
      for (int round = 0; round < 6; ++round) {
        auto granted = store->acquire(lease_request(milliseconds(10'000), milliseconds(20'000)));
        if (!granted || !*granted) continue;
        most = std::max(most.load(), ++inside);
        {
          const std::scoped_lock lock(mutex);
          fences.push_back((*granted)->fence);
        }
        --inside;
        (void)store->release(**granted);
      }
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(most == 1);
  CHECK(fences.size() == 30);
  CHECK(std::ranges::is_sorted(fences));
  CHECK(std::ranges::adjacent_find(fences) == fences.end());
}

TEST_CASE_TEMPLATE("who asks for a lease now and then sees its holder end", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  const auto other = made.reopen();
  (void)acquire(*made.store, lease_request(milliseconds(300), milliseconds(0)));
  bool is_granted = false;
  for (int tries = 0; tries < 60 && !is_granted; ++tries) {
    const auto granted = other->acquire(lease_request(milliseconds(300), milliseconds(0)));
    REQUIRE(granted.has_value());
    is_granted = granted->has_value();
    std::this_thread::sleep_for(milliseconds(50));
  }
  CHECK(is_granted);
}

TEST_CASE_TEMPLATE("a store is found again as it was left, and has one epoch", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  CHECK(head_version(*made.store) == 0);
  CHECK(made.store->history(10)->empty());
  CHECK(made.store->epoch()->size() == 32);
  CHECK(*made.reopen()->epoch() == *made.store->epoch());
  CHECK(faults_of(*made.store).empty());
}

TEST_CASE_TEMPLATE("a snapshot of some megabytes is what it was", Kind, DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  std::string large;
  while (large.size() < (std::size_t{9} << 20U)) large += std::to_string(large.size()) + "\n";
  const auto outcome = publish(*made.store, request_of(large));
  CHECK(*made.reopen()->object(outcome.head.hash) == large);
}

TEST_CASE_TEMPLATE("what instances say last is found", Kind, DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  Instance instance;
  instance.id = random_name();
  instance.host = "alpha";
  instance.version = 3;
  instance.state = "applied";
  instance.beat = 1;
  CHECK(made.store->beat(instance).has_value());
  instance.beat = 2;
  CHECK(made.store->beat(instance).has_value());
  const auto all = made.store->instances();
  REQUIRE(all->size() == 1);
  CHECK(all->front().beat == 2);
  CHECK(all->front().host == "alpha");
  CHECK(made.store->leave(instance.id).has_value());
  CHECK(made.store->instances()->empty());
}

TEST_CASE_TEMPLATE("snapshots that versions and instances need are kept", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  std::vector<std::string> hashes;
  hashes.reserve(10);
  for (int i = 0; i < 10; ++i)
    hashes.push_back(publish(*made.store, request_of(std::to_string(i))).head.hash);
  Instance behind;
  behind.id = "behind";
  behind.hash = hashes[2];
  CHECK(made.store->beat(behind).has_value());
  const Lease lease = acquire(*made.store, lease_request(milliseconds(5000), milliseconds(0)));
  const auto collected = made.store->collect(3, std::chrono::seconds(0), lease);
  REQUIRE_MESSAGE(collected.has_value(), collected.error().message);
  CHECK(collected->objects == 6);
  CHECK(faults_of(*made.store).empty());
  CHECK(made.store->object(hashes[0]).error().trouble == StoreTrouble::missing);
  CHECK(made.store->object(hashes[2]).has_value());
  CHECK(made.store->object(hashes[9]).has_value());
  CHECK(made.store->history(100)->size() == 10);
  // What was taken away can be published again.
  CHECK(publish(*made.store, request_of("0")).result == PublishResult::published);
  CHECK(*made.store->object(hashes[0]) == "0");
}

TEST_CASE_TEMPLATE("a request's name stands for what it published, and for nothing else", Kind,
                   DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  PublishRequest request = request_of("one");
  request.request = "deployment-17";
  request.is_named = true;
  CHECK(publish(*made.store, request).head.version == 1);
  (void)publish(*made.store, request_of("two"));
  CHECK(publish(*made.store, request).result == PublishResult::repeated);
  CHECK((*made.store->made_by("deployment-17"))->version == 1);
  CHECK_FALSE((*made.store->made_by("deployment-18")).has_value());
  request.text = "three";
  const PublishOutcome outcome = publish(*made.store, request);
  CHECK(outcome.result == PublishResult::reused);
  CHECK(outcome.head.version == 1);
  CHECK(head_version(*made.store) == 2);
}

TEST_CASE_TEMPLATE("a proposal is there until it is taken back or becomes a version", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  Store& store = *made.store;
  const Lease lease = acquire(store, lease_request(milliseconds(5000), milliseconds(0)));
  const Proposal proposal{random_name(), snapshot::hash_of("two"), "tester"};
  CHECK(store.propose(proposal, "two", lease).has_value());
  const auto other = made.reopen();
  REQUIRE(other->state()->proposal.has_value());
  CHECK(other->state()->proposal->id == proposal.id);
  CHECK(other->state()->proposal->author == "tester");
  CHECK(*other->object(proposal.hash) == "two");
  CHECK(head_version(*other) == 0);
  CHECK(store.withdraw(lease).has_value());
  CHECK_FALSE(other->state()->proposal.has_value());
  CHECK(store.propose(proposal, "two", lease).has_value());
  PublishRequest request = request_of("two");
  request.lease = lease;
  CHECK(publish(store, request).head.version == 1);
  CHECK(store.withdraw(lease).has_value());
  CHECK(*other->object(proposal.hash) == "two");
  // A snapshot that a version has stays one when it is proposed again.
  CHECK(store.propose(proposal, "two", lease).has_value());
  CHECK(*other->object(proposal.hash) == "two");
  const auto collected = store.collect(1, std::chrono::seconds(0), lease);
  REQUIRE(collected.has_value());
  CHECK_FALSE(other->state()->proposal.has_value());
  CHECK(faults_of(*other).empty());
}

TEST_CASE_TEMPLATE("a barrier over a version that all run is for all", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  const AnyStore<Kind> made;
  Store& store = *made.store;
  LeaseRequest asked = lease_request(milliseconds(5000), milliseconds(0));
  PublishRequest request = request_of("one");
  request.lease = acquire(store, asked);
  request.canaries = {"a"};
  const VersionRecord head = publish(store, request).head;
  CHECK(*store.promote(head, *request.lease));
  asked.takes_over = true;
  (void)acquire(store, asked);
  const auto barrier = store.head();
  CHECK((*barrier)->kind == VersionKind::barrier);
  CHECK((*barrier)->canaries.empty());
}

TEST_CASE_TEMPLATE("who has lost the lease proposes and promotes nothing", Kind, DirectoryOnDisk,
                   RedisOnLoopback) {
  AnyStore<Kind> made;
  Store& store = *made.store;
  const Lease lost = acquire(store, lease_request(milliseconds(5000), milliseconds(0)));
  PublishRequest request = request_of("one");
  request.lease = lost;
  request.canaries = {"a"};
  const VersionRecord version = publish(store, request).head;
  LeaseRequest taking = lease_request(milliseconds(5000), milliseconds(0));
  taking.takes_over = true;
  const Lease lease = acquire(store, taking);
  const Proposal proposal{random_name(), snapshot::hash_of("two"), "tester"};
  CHECK_FALSE(store.propose(proposal, "two", lost).has_value());
  CHECK_FALSE(*store.promote(version, lost));
  CHECK(store.propose(proposal, "two", lease).has_value());
  // It takes nothing back that is another's.
  CHECK(store.withdraw(lost).has_value());
  CHECK(store.state()->proposal.has_value());
  CHECK(store.state()->promoted == 0);
  CHECK(*store.promote(**store.head(), lease));
  CHECK(store.state()->promoted == 2);
}

TEST_CASE_TEMPLATE("what an instance says of a proposal is found", Kind, DirectoryOnDisk, RedisOnLoopback) {
  AnyStore<Kind> made;
  Instance instance;
  instance.id = "a";
  instance.proposal = "p1";
  instance.objection = "line 3";
  CHECK(made.store->beat(instance).has_value());
  CHECK_FALSE(made.store->instances()->front().accepts);
  CHECK(made.store->instances()->front().objection == "line 3");
  instance.accepts = true;
  instance.objection = "";
  CHECK(made.store->beat(instance).has_value());
  CHECK(made.store->instances()->front().accepts);
  CHECK(made.store->instances()->front().proposal == "p1");
}

}  // namespace honua::coordination
