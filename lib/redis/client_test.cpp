// SPDX-License-Identifier: MIT
#include "redis/client.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "redis/redis_for_test.h"

namespace honua::redis {

namespace {

std::string message_of(const RedisResult<Reply>& reply) { return reply ? "" : reply.error().message; }

}  // namespace

TEST_CASE("Commands are run in one round trip, in order, with any bytes") {
  const RedisServer server;
  Client client(server.target());
  const std::string bytes("a\r\nb\0c\xff", 7);
  const auto replies =
      client.run({{"SET", "key", bytes}, {"GET", "key"}, {"STRLEN", "key"}, {"GET", "none"}});
  REQUIRE(replies.has_value());
  REQUIRE(replies->size() == 4);
  CHECK((*replies)[0].text == "OK");
  CHECK((*replies)[1].text == bytes);
  CHECK((*replies)[2].integer == 7);
  CHECK((*replies)[3].is_nil());
}

TEST_CASE("A text of some megabytes comes and goes as a whole") {
  const RedisServer server;
  Client client(server.target());
  const std::string large(std::size_t{8} << 20U, 'x');
  REQUIRE(client.run(Command{"SET", "key", large}).has_value());
  const auto reply = client.run(Command{"GET", "key"});
  REQUIRE(reply.has_value());
  CHECK(reply->text == large);
}

TEST_CASE("The database is the one that was asked for") {
  const RedisServer server;
  Client client(*read_target(server.url() + "/3"));
  REQUIRE(client.run(Command{"SET", "key", "1"}).has_value());
  CHECK(server.ask({"EXISTS", "key"}).integer == 0);
  Client none(*read_target(server.url() + "/9999"));
  CHECK(message_of(none.run(Command{"PING"})) == "it answers with `ERR DB index is out of range`");
}

TEST_CASE("An error of the server is one, unless it is expected") {
  const RedisServer server;
  Client client(server.target());
  CHECK(message_of(client.run(Command{"NOTHING"})).starts_with("it answers with `ERR unknown command"));
  const auto expected =
      client.run(Command{"EVALSHA", "ffffffffffffffffffffffffffffffffffffffff", "0"}, "NOSCRIPT");
  REQUIRE(expected.has_value());
  CHECK(expected->first_word() == "NOSCRIPT");
}

TEST_CASE("A server that wants a password gets it, and the wrong one is told without it") {
  const RedisServer server({"--requirepass", "opensesame"});
  Client client(*read_target("redis://:opensesame@127.0.0.1:" + std::to_string(server.port())));
  CHECK(client.run(Command{"PING"}).has_value());
  Client none(server.target());
  CHECK(message_of(none.run(Command{"PING"})) == "it wants a password");
  Client wrong(*read_target("redis://:closed@127.0.0.1:" + std::to_string(server.port())));
  const auto refused = wrong.run(Command{"PING"});
  CHECK(message_of(refused) == "it does not take this user and password");
  CHECK(refused.error().trouble == Trouble::refused);
}

TEST_CASE("A user of an access control list may do what the list says") {
  const RedisServer server({"--user", "follower", "on", ">pw", "~honua*", "+get", "+ping"});
  Client client(*read_target("redis://follower:pw@127.0.0.1:" + std::to_string(server.port())));
  CHECK(client.run(Command{"GET", "honua"}).has_value());
  const auto refused = client.run(Command{"SET", "honua", "1"});
  CHECK(message_of(refused) ==
        "the user lacks a right: `NOPERM this user has no permissions to run the 'set' command`");
}

TEST_CASE("A server that was started again is connected to again") {
  RedisServer server;
  Client client(server.target());
  REQUIRE(client.run(Command{"PING"}).has_value());
  server.kill();
  const auto lost = client.run(Command{"PING"});
  CHECK(message_of(lost) == "it does not answer: connection refused");
  CHECK(lost.error().trouble == Trouble::unreachable);
  server.start();
  CHECK(comes_true([&] { return client.run(Command{"PING"}).has_value(); }));
  CHECK(client.connections() == 2);
}

TEST_CASE("Who hears of a server that is back need not wait") {
  RedisServer server;
  Client client(server.target());
  server.kill();
  for (int tries = 0; tries < 10; ++tries) {
    client.try_at_once();
    REQUIRE_FALSE(client.run(Command{"PING"}).has_value());
  }
  server.start();
  // The backoff has come to seconds.
  client.try_at_once();
  CHECK(client.run(Command{"PING"}).has_value());
}

TEST_CASE("A connection that the server ended is made anew for the same commands") {
  const RedisServer server;
  Client client(server.target());
  REQUIRE(client.run(Command{"PING"}).has_value());
  (void)server.ask({"CLIENT", "KILL", "TYPE", "normal"});
  CHECK(client.run(Command{"PING"}).has_value());
  CHECK(client.connections() == 2);
}

TEST_CASE("A server that stands still is given up after a while") {
  const RedisServer server;
  Client client(server.target());
  REQUIRE(client.run(Command{"PING"}).has_value());
  server.pause();
  const auto begun = std::chrono::steady_clock::now();
  const auto lost = client.run(Command{"PING"});
  const auto taken = std::chrono::steady_clock::now() - begun;
  server.go_on();
  CHECK(message_of(lost) == "it does not answer in time");
  // Once more on a new connection, which the kernel takes for it.
  CHECK(taken < 3 * answer_timeout);
  CHECK(comes_true([&] { return client.run(Command{"PING"}).has_value(); }));
}

TEST_CASE("Who cannot connect waits longer each time, and a random time") {
  Client client(*read_target("redis://127.0.0.1:" + std::to_string(free_port())));
  int attempts = 0;
  for (int i = 0; i < 200'000; ++i) attempts += client.run(Command{"PING"}) ? 1 : 0;
  CHECK(attempts == 0);
  std::minstd_rand random(1);
  std::chrono::milliseconds backoff{0};
  std::vector<std::chrono::milliseconds> all;
  for (int i = 0; i < 10; ++i) {
    backoff = next_backoff(backoff);
    all.push_back(backoff);
    for (int j = 0; j < 100; ++j) {
      const auto time = jittered(backoff, random);
      REQUIRE(time >= std::chrono::milliseconds(0));
      REQUIRE(time <= backoff);
    }
  }
  CHECK(all.front() == first_backoff);
  CHECK(all[1] == 2 * first_backoff);
  CHECK(all.back() == last_backoff);
}

TEST_CASE("A replica takes no writes, and says so") {
  const RedisServer master;
  const RedisServer replica({"--replicaof", "127.0.0.1", std::to_string(master.port())});
  Client client(replica.target());
  const auto refused = client.run(Command{"SET", "key", "1"});
  CHECK(message_of(refused) == "it is a replica, which takes no writes");
  CHECK(refused.error().trouble == Trouble::read_only);
}

TEST_CASE("A server without memory takes no writes, and says so") {
  const RedisServer server({"--maxmemory", "1", "--maxmemory-policy", "noeviction"});
  Client client(server.target());
  const auto refused = client.run(Command{"SET", "key", "1"});
  CHECK(message_of(refused) == "its memory is full");
  CHECK(refused.error().trouble == Trouble::full);
}

TEST_CASE("A host that does not exist is told so") {
  Client client(*read_target("redis://nothing.invalid"));
  CHECK(message_of(client.run(Command{"PING"})).starts_with("its host is not found: "));
}

TEST_CASE("A node of a cluster says where the keys are, and they are asked for there") {
  // One node has all slots but ours, the other has ours: neither knows of a third.
  const std::string bus = std::to_string(free_port());
  const RedisServer first({"--cluster-enabled", "yes", "--cluster-port", std::to_string(free_port())});
  const RedisServer second({"--cluster-enabled", "yes", "--cluster-port", bus});
  (void)first.ask({"CLUSTER", "MEET", "127.0.0.1", std::to_string(second.port()), bus});
  const auto slot = static_cast<int>(first.ask({"CLUSTER", "KEYSLOT", "{honua}:head"}).integer);
  (void)second.ask({"CLUSTER", "ADDSLOTS", std::to_string(slot)});
  (void)first.ask(
      {"CLUSTER", "ADDSLOTSRANGE", "0", std::to_string(slot - 1), std::to_string(slot + 1), "16383"});
  REQUIRE(comes_true([&] {
    return first.ask({"CLUSTER", "INFO"}).text.find("cluster_state:ok") != std::string::npos &&
           second.ask({"CLUSTER", "INFO"}).text.find("cluster_state:ok") != std::string::npos;
  }));
  Client client(first.target());
  REQUIRE(client.run(Command{"SET", "{honua}:head", "1"}).has_value());
  CHECK(second.ask({"GET", "{honua}:head"}).text == "1");
  CHECK(client.connections() == 2);
}

}  // namespace honua::redis
