// SPDX-License-Identifier: MIT
#include "watching/change_token.h"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace honua::watching {

namespace {

using Source = ChangeSource<int>;
using Subscription = ChangeSubscription<int>;

void sleep_for_micros(unsigned micros) { std::this_thread::sleep_for(std::chrono::microseconds(micros)); }

}  // namespace

TEST_CASE("a token fires once, and tells whoever registered, in their order") {
  ChangeToken token(7);
  CHECK(token.id() == 7);
  CHECK_FALSE(token.has_changed());
  std::string order;
  const ChangeRegistration first = token.call_back([&] { order += "a"; });
  const ChangeRegistration second = token.call_back([&] { order += "b"; });
  CHECK(token.fire() == 0);
  CHECK(order == "ab");
  CHECK(token.has_changed());
  token.fire();
  CHECK(order == "ab");
}

TEST_CASE("who registers with a token that has fired is called back at once") {
  ChangeToken token(1);
  token.fire();
  int calls = 0;
  const ChangeRegistration late = token.call_back([&] { ++calls; });
  CHECK(calls == 1);
}

TEST_CASE("a registration that has ended is not called back") {
  ChangeToken token(1);
  int calls = 0;
  ChangeRegistration first = token.call_back([&] { ++calls; });
  ChangeRegistration moved = std::move(first);
  moved.end();
  {
    const ChangeRegistration gone = token.call_back([&] { ++calls; });
  }
  ChangeRegistration replaced = token.call_back([&] { ++calls; });
  replaced = token.call_back([&] { calls += 10; });
  token.fire();
  CHECK(calls == 10);
}

TEST_CASE("a callback may end its own registration") {
  ChangeToken token(1);
  ChangeRegistration registration;
  int calls = 0;
  registration = token.call_back([&] {
    ++calls;
    registration.end();
  });
  token.fire();
  CHECK(calls == 1);
}

TEST_CASE("ending a registration waits for its callback on another thread") {
  ChangeToken token(1);
  std::atomic<bool> has_begun = false;
  std::atomic<bool> has_finished = false;
  ChangeRegistration registration = token.call_back([&] {
    has_begun = true;
    sleep_for_micros(20'000);
    has_finished = true;
  });
  std::thread publisher([&] { token.fire(); });
  while (!has_begun) std::this_thread::yield();
  registration.end();
  CHECK(has_finished);
  publisher.join();
}

TEST_CASE("a callback that throws is counted, and does not stop others") {
  ChangeToken token(1);
  int calls = 0;
  const ChangeRegistration first = token.call_back([] { throw std::runtime_error("no"); });
  const ChangeRegistration second = token.call_back([&] { ++calls; });
  CHECK(token.fire() == 1);
  CHECK(calls == 1);
}

TEST_CASE("a listener is told of every change, not only of the first") {
  Source source(0);
  std::vector<int> seen;
  const Subscription subscription(source, [&](const Source::State& state) { seen.push_back(*state.value); });
  for (int value = 1; value <= 1000; ++value) source.publish(value);
  REQUIRE(seen.size() == 1000);
  for (int value = 1; value <= 1000; ++value) CHECK(seen[static_cast<std::size_t>(value - 1)] == value);
}

TEST_CASE("in a callback the next token has not fired, and its value is the newest") {
  Source source(0);
  bool is_true = true;
  const Subscription subscription(source, [&](const Source::State& state) {
    const Source::State now = source.current();
    is_true = is_true && !now.token->has_changed() && now.token == state.token && *now.value == *state.value;
  });
  for (int value = 1; value <= 100; ++value) source.publish(value);
  CHECK(is_true);
}

TEST_CASE("a change that comes while a listener runs comes in one more call") {
  Source source(0);
  std::vector<int> seen;
  const Subscription subscription(source, [&](const Source::State& state) {
    seen.push_back(*state.value);
    if (*state.value == 1) {
      for (int value = 2; value <= 50; ++value) source.publish(value);
    }
  });
  source.publish(1);
  CHECK(seen == std::vector<int>{1, 50});
}

TEST_CASE("a listener that throws is told of the next change") {
  Source source(0);
  int calls = 0;
  const Subscription subscription(source, [&](const Source::State& /*state*/) {
    ++calls;
    throw std::runtime_error("no");
  });
  source.publish(1);
  source.publish(2);
  CHECK(calls == 2);
  CHECK(subscription.failures() == 2);
}

TEST_CASE("a listener may end its subscription, and ending twice is nothing") {
  Source source(0);
  int calls = 0;
  std::optional<Subscription> subscription;
  subscription.emplace(source, [&](const Source::State& /*state*/) {
    ++calls;
    subscription->end();
  });
  source.publish(1);
  source.publish(2);
  subscription->end();
  CHECK(calls == 1);
}

// Under threads, whatever the timing: ids grow by one, each token fires once, calls of a listener do not
// overlap, values do not go back, and in the end everybody has the last one.
TEST_CASE("tokens keep their promises under listeners that are slower than the changes") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    constexpr int changes = 500;
    constexpr std::size_t listeners = 4;
    Source source(0);
    struct Seen {
      std::atomic<int> running = 0;
      int calls = 0;
      int last = 0;
      bool is_true = true;
    };
    std::vector<Seen> all(listeners);
    std::vector<std::unique_ptr<Subscription>> subscriptions;
    for (std::size_t number = 0; number < listeners; ++number) {
      subscriptions.push_back(std::make_unique<Subscription>(source, [&, number](const Source::State& state) {
        Seen& seen = all[number];
        seen.is_true = seen.is_true && ++seen.running == 1 && *state.value > seen.last;
        ++seen.calls;
        seen.last = *state.value;
        if (seen.calls % static_cast<int>(seed + number) == 0) sleep_for_micros(100);
        --seen.running;
      }));
    }
    std::thread reader([&] {
      std::uint64_t last = 0;
      for (int reads = 0; reads < 2000; ++reads) {
        const Source::State state = source.current();
        if (state.token->id() < last) all[0].is_true = false;
        last = state.token->id();
      }
    });
    std::uint64_t id = source.current().token->id();
    for (int value = 1; value <= changes; ++value) {
      const auto old = source.current().token;
      source.publish(value);
      CHECK(old->has_changed());
      CHECK(source.current().token->id() == ++id);
    }
    reader.join();
    for (auto& one : subscriptions) one->end();
    for (const Seen& seen : all) {
      CHECK(seen.is_true);
      CHECK(seen.last == changes);
      CHECK(seen.calls >= 1);
    }
  }
}

TEST_CASE("after a subscription has ended its listener is not running") {
  for (int round = 0; round < 50; ++round) {
    Source source(0);
    std::atomic<bool> is_over = false;
    std::atomic<bool> has_run_late = false;
    auto subscription = std::make_unique<Subscription>(source, [&](const Source::State& /*state*/) {
      sleep_for_micros(50);
      if (is_over) has_run_late = true;
    });
    std::thread publisher([&] {
      for (int value = 1; value < 100; ++value) source.publish(value);
    });
    sleep_for_micros(static_cast<unsigned>(round) * 20);
    subscription.reset();
    is_over = true;
    publisher.join();
    CHECK_FALSE(has_run_late);
  }
}

}  // namespace honua::watching
