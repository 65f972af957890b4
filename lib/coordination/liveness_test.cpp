// SPDX-License-Identifier: MIT
#include "coordination/liveness.h"

#include <doctest/doctest.h>

#include <chrono>

namespace honua::coordination {

namespace {

using std::chrono::milliseconds;

Instance beating(std::uint64_t beat) {
  Instance instance;
  instance.id = "a";
  instance.state = "applied";
  instance.beat = beat;
  instance.interval = 2000;
  return instance;
}

}  // namespace

TEST_CASE("an instance whose heartbeat goes on lives, and one that misses three is gone") {
  const BootClock::time_point begin = BootClock::now();
  Liveness liveness;
  liveness.take({beating(1)}, begin);
  CHECK(liveness.sign_of(beating(1)) == Sign::unknown);
  liveness.take({beating(1)}, begin + milliseconds(5900));
  CHECK(liveness.sign_of(beating(1)) == Sign::unknown);
  liveness.take({beating(2)}, begin + milliseconds(5950));
  CHECK(liveness.sign_of(beating(2)) == Sign::live);
  liveness.take({beating(2)}, begin + milliseconds(11'900));
  CHECK(liveness.sign_of(beating(2)) == Sign::live);
  liveness.take({beating(2)}, begin + milliseconds(12'000));
  CHECK(liveness.sign_of(beating(2)) == Sign::gone);
}

TEST_CASE("one that never goes on is gone in time, and one that comes later lives") {
  const BootClock::time_point begin = BootClock::now();
  Liveness liveness;
  liveness.take({beating(1)}, begin);
  Instance later = beating(1);
  later.id = "b";
  liveness.take({beating(1), later}, begin + milliseconds(6000));
  CHECK(liveness.sign_of(beating(1)) == Sign::gone);
  CHECK(liveness.sign_of(later) == Sign::live);
  Instance leaving = beating(3);
  leaving.state = "leaving";
  CHECK(liveness.sign_of(leaving) == Sign::leaving);
}

TEST_CASE("a store's own clock tells at once, but of what may be late") {
  Liveness liveness;
  const auto aged = [](int age) {
    Instance instance = beating(1);
    instance.age = milliseconds(age);
    return instance;
  };
  liveness.take({aged(0)}, BootClock::now());
  CHECK(liveness.sign_of(aged(2999)) == Sign::live);
  CHECK(liveness.sign_of(aged(3001)) == Sign::unknown);
  CHECK(liveness.sign_of(aged(6001)) == Sign::gone);
  // Looked at for long enough, but by the store's clock it is not over.
  liveness.take({aged(4000)}, BootClock::now() + milliseconds(7000));
  CHECK(liveness.sign_of(aged(4000)) == Sign::unknown);
}

TEST_CASE("nobody has to wait longer than for the longest interval") {
  const BootClock::time_point begin = BootClock::now();
  Instance slow = beating(1);
  slow.interval = 1'000'000;
  Liveness liveness;
  liveness.take({slow}, begin);
  liveness.take({slow}, begin + milliseconds(180'000));
  CHECK(liveness.sign_of(slow) == Sign::gone);
}

}  // namespace honua::coordination
