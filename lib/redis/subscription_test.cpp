// SPDX-License-Identifier: MIT
#include "redis/subscription.h"

#include <doctest/doctest.h>

#include <string>

#include "redis/redis_for_test.h"

namespace honua::redis {

namespace {

// Whether it wakes its owner within a time.
bool wakes(const Subscription& subscription, std::chrono::milliseconds patience) {
  const bool is_awake = wait_for(subscription.descriptor(), Wanted::readable, deadline_in(patience));
  subscription.take();
  return is_awake;
}

constexpr std::chrono::milliseconds soon{5'000};
constexpr std::chrono::milliseconds moment{100};

}  // namespace

TEST_CASE("A message wakes, and so does the connection itself") {
  const RedisServer server;
  const auto subscription = *Subscription::start(server.target(), "news");
  REQUIRE(wakes(*subscription, soon));
  CHECK_FALSE(wakes(*subscription, moment));
  CHECK(server.ask({"PUBLISH", "news", "anything"}).integer == 1);
  CHECK(wakes(*subscription, soon));
  CHECK(server.ask({"PUBLISH", "other", "anything"}).integer == 0);
  CHECK_FALSE(wakes(*subscription, moment));
}

TEST_CASE("Whatever a message says, and however many there are, it is a hint") {
  const RedisServer server;
  const auto subscription = *Subscription::start(server.target(), "news");
  REQUIRE(wakes(*subscription, soon));
  for (int i = 0; i < 1'000; ++i) (void)server.ask({"PUBLISH", "news", std::string("\0\xff\r\n", 4)});
  (void)server.ask({"PUBLISH", "news", std::string(std::size_t{1} << 20U, 'x')});
  CHECK(comes_true([&] { return subscription->counts().messages == 1'001; }));
  CHECK(wakes(*subscription, soon));
  CHECK_FALSE(wakes(*subscription, moment));
}

TEST_CASE("A connection that is lost is made anew, and wakes: messages may have been lost") {
  const RedisServer server;
  const auto subscription = *Subscription::start(server.target(), "news");
  REQUIRE(wakes(*subscription, soon));
  for (std::uint64_t i = 0; i < 5; ++i) {
    CHECK(server.ask({"CLIENT", "KILL", "TYPE", "pubsub"}).integer == 1);
    CHECK(wakes(*subscription, soon));
    CHECK(subscription->counts().connections == i + 2);
  }
}

TEST_CASE("A server that comes later, or again, is heard") {
  RedisServer server;
  server.kill();
  const auto subscription = *Subscription::start(server.target(), "news");
  CHECK_FALSE(wakes(*subscription, moment));
  server.start();
  CHECK(wakes(*subscription, soon));
  server.kill();
  server.start();
  CHECK(wakes(*subscription, soon));
}

TEST_CASE("A server that stands still is left, and found again") {
  const RedisServer server;
  constexpr std::chrono::milliseconds ping{1000};
  const auto subscription = *Subscription::start(server.target(), "news", ping);
  REQUIRE(wakes(*subscription, soon));
  server.pause();
  std::this_thread::sleep_for(ping + pong_timeout + std::chrono::milliseconds(500));
  server.go_on();
  CHECK(wakes(*subscription, soon));
  CHECK(subscription->counts().connections == 2);
}

TEST_CASE("A subscription ends at once, whatever its server does") {
  RedisServer server;
  SUBCASE("while it listens") {
    const auto subscription = *Subscription::start(server.target(), "news");
    REQUIRE(wakes(*subscription, soon));
  }
  SUBCASE("while it waits to connect again") {
    server.kill();
    const auto subscription = *Subscription::start(server.target(), "news");
    std::this_thread::sleep_for(moment);
  }
}

TEST_CASE("A user who may not listen is not let in again and again without a pause") {
  const RedisServer server({"--user", "deaf", "on", ">pw", "~*", "+ping", "+auth"});
  auto target = *read_target("redis://deaf:pw@127.0.0.1:" + std::to_string(server.port()));
  const auto subscription = *Subscription::start(std::move(target), "news");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  CHECK(subscription->counts().connections == 0);
  const std::string stats = server.ask({"INFO", "stats"}).text;
  const std::string label = "total_connections_received:";
  CHECK(std::stoi(stats.substr(stats.find(label) + label.size())) < 20);
}

}  // namespace honua::redis
