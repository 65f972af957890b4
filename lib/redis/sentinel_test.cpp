// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "redis/client.h"
#include "redis/redis_for_test.h"

namespace honua::redis {

namespace {

// A master, a replica, and three Sentinels that take it over within a second or two.
class SentinelGroup {
 public:
  SentinelGroup() {
    for (int i = 0; i < 3; ++i) {
      // A Sentinel writes what it learns into its file of settings.
      directory_.write(name(i), "port " + std::to_string(ports_.at(static_cast<std::size_t>(i))) +
                                    "\nbind 127.0.0.1\ndir " + directory_.path() + "\nlogfile " +
                                    directory_.file(name(i) + ".log") + "\nsentinel monitor city 127.0.0.1 " +
                                    std::to_string(master_.port()) +
                                    " 2\nsentinel down-after-milliseconds city 500"
                                    "\nsentinel failover-timeout city 3000\n");
      auto started = RunningProcess::start({"redis-sentinel", directory_.file(name(i))}, {});
      REQUIRE(started.has_value());
      processes_.push_back(*std::move(started));
    }
    REQUIRE(comes_true([this] { return sees_all(); }));
  }
  SentinelGroup(const SentinelGroup&) = delete;
  SentinelGroup& operator=(const SentinelGroup&) = delete;
  ~SentinelGroup() {
    for (RunningProcess& one : processes_) {
      one.send(SIGKILL);
      (void)one.wait(std::chrono::seconds(10));
    }
  }

  RedisServer& master() { return master_; }
  RedisServer& replica() { return replica_; }
  [[nodiscard]] std::string url(const std::string& name = "city") const {
    std::string hosts;
    for (const std::uint16_t port : ports_)
      hosts += (hosts.empty() ? "127.0.0.1:" : ",127.0.0.1:") + std::to_string(port);
    return "redis+sentinel://" + hosts + "/" + name;
  }

 private:
  static std::string name(int index) { return "sentinel" + std::to_string(index); }
  // Whether each Sentinel knows the replica and the others.
  [[nodiscard]] bool sees_all() const {
    for (const std::uint16_t port : ports_) {
      auto session = Session::open_sentinel({"127.0.0.1", port}, Target{}, std::chrono::seconds(1));
      if (!session) return false;
      const auto replicas = session->run(Command{"SENTINEL", "replicas", "city"}, std::chrono::seconds(1));
      const auto others = session->run(Command{"SENTINEL", "sentinels", "city"}, std::chrono::seconds(1));
      if (!replicas || !others || replicas->elements.size() != 1 || others->elements.size() != 2)
        return false;
    }
    return true;
  }

  RedisServer master_;
  RedisServer replica_{{"--replicaof", "127.0.0.1", std::to_string(master_.port())}};
  ScratchDirectory directory_;
  std::vector<std::uint16_t> ports_{free_port(), free_port(), free_port()};
  std::vector<RunningProcess> processes_;
};

}  // namespace

TEST_CASE("Sentinels say which server is the master, before and after it failed") {
  SentinelGroup group;
  Client client(*read_target(group.url()));
  REQUIRE(client.run(Command{"SET", "key", "before"}).has_value());
  CHECK(group.master().ask({"GET", "key"}).text == "before");
  REQUIRE(comes_true([&] { return group.replica().ask({"GET", "key"}).text == "before"; }));
  group.master().kill();
  REQUIRE(comes_true([&] { return client.run(Command{"SET", "key", "after"}).has_value(); }));
  CHECK(group.replica().ask({"GET", "key"}).text == "after");

  SUBCASE("The old master comes back as a replica, and is not asked") {
    group.master().start();
    // They say so when they have seen it as a master for eight seconds.
    REQUIRE(comes_true([&] { return group.master().ask({"ROLE"}).elements.front().text == "slave"; },
                       std::chrono::seconds(30)));
    Client late(*read_target(group.url()));
    CHECK(late.run(Command{"GET", "key"})->text == "after");
  }
  SUBCASE("A master that they do not know is told so") {
    Client unknown(*read_target(group.url("village")));
    const auto refused = unknown.run(Command{"PING"});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message == "its Sentinels know no master of that name");
  }
}

}  // namespace honua::redis
