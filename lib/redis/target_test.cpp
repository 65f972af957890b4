// SPDX-License-Identifier: MIT
#include "redis/target.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace honua::redis {

TEST_CASE("A URL of Redis says where, who and what") {
  const auto target = read_target("redis://me:s%40cret@cache:6380/3?prefix=honua:city");
  REQUIRE(target.has_value());
  CHECK(target->servers == std::vector<ServerAddress>{{"cache", 6380}});
  CHECK(target->user == "me");
  CHECK(target->password == "s@cret");
  CHECK(target->database == 3);
  CHECK(target->prefix == "honua:city");
  CHECK_FALSE(target->is_tls);
  CHECK(shown(*target) == "redis://cache:6380/3?prefix=honua:city");
}

TEST_CASE("What a URL of Redis leaves out is what Redis takes for granted") {
  const auto target = read_target("redis://localhost");
  REQUIRE(target.has_value());
  CHECK(target->servers == std::vector<ServerAddress>{{"localhost", 6379}});
  CHECK(target->user.empty());
  CHECK(target->password.empty());
  CHECK(target->database == 0);
  CHECK(target->prefix == "honua");
  CHECK(shown(*target) == "redis://localhost:6379");
}

TEST_CASE("A password without a user is the default user's") {
  const auto target = read_target("redis://:secret@localhost/");
  REQUIRE(target.has_value());
  CHECK(target->user.empty());
  CHECK(target->password == "secret");
}

TEST_CASE("A password may have an at sign that nobody escaped") {
  const auto target = read_target("redis://:p@ss@localhost");
  REQUIRE(target.has_value());
  CHECK(target->password == "p@ss");
  CHECK(target->servers.front().host == "localhost");
}

TEST_CASE("An address of IPv6 stands in brackets") {
  const auto target = read_target("redis://[::1]:7000");
  REQUIRE(target.has_value());
  CHECK(target->servers == std::vector<ServerAddress>{{"::1", 7000}});
  CHECK(shown(*target) == "redis://[::1]:7000");
}

TEST_CASE("Over TLS a URL names certificates") {
  const auto target = read_target("rediss://cache?ca=/etc/ca.pem&cert=/etc/c.pem&key=/etc/k.pem");
  REQUIRE(target.has_value());
  CHECK(target->is_tls);
  CHECK(target->tls.ca == "/etc/ca.pem");
  CHECK(target->tls.certificate == "/etc/c.pem");
  CHECK(target->tls.key == "/etc/k.pem");
}

TEST_CASE("A URL of Sentinels has several hosts and the master's name") {
  const auto target = read_target("redis+sentinel://:pw@a,b:26380,[::1]/mymaster/2");
  REQUIRE(target.has_value());
  CHECK(target->servers == std::vector<ServerAddress>{{"a", 26379}, {"b", 26380}, {"::1", 26379}});
  CHECK(target->master == "mymaster");
  CHECK(target->database == 2);
  CHECK(shown(*target) == "redis+sentinel://a:26379,b:26380,[::1]:26379/mymaster/2");
}

TEST_CASE("What is wrong with a URL of Redis is said without its parts") {
  const std::vector<std::pair<std::string, std::string>> faulty{
      {"redis://", "it has no host"},
      {"redis://:secret@:6379", "it has no host"},
      {"redis://:secret@cache:0", "its port is no number from 1 to 65535"},
      {"redis://:secret@cache:65536", "its port is no number from 1 to 65535"},
      {"redis://:secret@cache:", "its port is no number from 1 to 65535"},
      {"redis://:secret@[::1", "a `[` before its host is not closed"},
      {"redis://:secret@[::1]x", "there is something between its host and its port"},
      {"redis://:secret@ca che", "its host has characters that no host has"},
      {"redis://:secret@a,b", "it has several hosts, which only `redis+sentinel://` takes"},
      {"redis://:secret@cache/zero", "its database is no number"},
      {"redis://:secret@cache/-1", "its database is no number"},
      {"redis://:secret@cache/1/2", "its database is no number"},
      {"redis://:se#cret@cache", "it has a `#`; in a password it is written `%23`"},
      {"redis://:secret@cache?prefix=",
       "its `prefix` is empty, longer than 64 characters or has blanks or any of `{}*?[]\\`"},
      {"redis://:secret@cache?prefix=a{b}",
       "its `prefix` is empty, longer than 64 characters or has blanks or any of `{}*?[]\\`"},
      {"redis://:secret@cache?prefix=" + std::string(65, 'a'),
       "its `prefix` is empty, longer than 64 characters or has blanks or any of `{}*?[]\\`"},
      {"redis://:secret@cache?ca=x", "it has `ca`, which only `rediss://` takes"},
      {"redis://:secret@cache?secret=1", "it has a setting that is none of `prefix`, `ca`, `cert` and `key`"},
      {"rediss://:secret@cache?cert=x", "it has only one of `cert` and `key`"},
      {"redis+sentinel://:secret@cache", "it does not say what the Sentinels call the master: `/NAME`"},
      {"redis+sentinel://:secret@a/my%20master", "the master's name has characters that no name has"},
      {"redis+sentinel://a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a/m", "it has more than 16 Sentinels"},
      {"http://cache", "it does not begin with `redis://`"},
  };
  for (const auto& [url, message] : faulty) {
    CAPTURE(url);
    const auto target = read_target(url);
    REQUIRE_FALSE(target.has_value());
    CHECK(target.error().message == message);
  }
}

}  // namespace honua::redis
