// SPDX-License-Identifier: MIT
#include "watching/debounce.h"

#include <doctest/doctest.h>

#include "watching/times_for_test.h"

namespace honua::watching {

namespace {

using std::chrono::milliseconds;
using Save = Debounce::Event;

}  // namespace

TEST_CASE("a complete save is looked at after the quiet time, and one that is being written later") {
  Debounce debounce({});
  CHECK_FALSE(debounce.due());
  debounce.see(Save::completed, at(0));
  CHECK(debounce.due() == at(5));
  debounce.see(Save::written, at(3));
  CHECK(debounce.due() == at(63));
  debounce.see(Save::completed, at(10));
  CHECK(debounce.due() == at(15));
  debounce.look(true, at(15));
  CHECK_FALSE(debounce.due());
}

TEST_CASE("a writer that never pauses does not keep changes back for longer than the cap") {
  Debounce debounce({});
  for (int now = 0; now < 5000; now += 2) {
    if (const auto due = debounce.due(); due && *due <= at(now)) break;
    debounce.see(Save::written, at(now));
  }
  CHECK(debounce.due() == at(1000));
}

TEST_CASE("under a storm of reloads the quiet time grows up to its limit, and comes back after it") {
  Debounce debounce({});
  int now = 0;
  int reloads = 0;
  while (now < 10'000) {
    debounce.see(Save::completed, at(now));
    while (debounce.due() && *debounce.due() > at(now)) ++now;
    debounce.look(true, at(now));
    ++reloads;
  }
  CHECK(debounce.quiet() == longest_quiet);
  CHECK(reloads < 45);
  debounce.see(Save::completed, at(now + 1500));
  CHECK(debounce.quiet() == longest_quiet);
  debounce.look(false, at(now + 2000));
  debounce.see(Save::completed, at(now + 2100));
  CHECK(debounce.quiet() == milliseconds(5));
}

TEST_CASE("looks that find nothing new are no storm") {
  Debounce debounce({});
  for (int now = 0; now < 1000; now += 10) {
    debounce.see(Save::completed, at(now));
    debounce.look(false, at(now + 5));
  }
  CHECK(debounce.quiet() == milliseconds(5));
}

TEST_CASE("without a quiet time a complete save is looked at at once, also under a storm") {
  Debounce debounce({milliseconds(0), milliseconds(60), milliseconds(1000)});
  for (int now = 0; now < 100; now += 10) {
    debounce.see(Save::completed, at(now));
    CHECK(debounce.due() == at(now));
    debounce.look(true, at(now));
  }
}

TEST_CASE("a quiet time that is longer than the limit of storms stays as it is") {
  Debounce debounce({milliseconds(500), milliseconds(60), milliseconds(1000)});
  debounce.see(Save::written, at(0));
  CHECK(debounce.due() == at(500));
  debounce.look(true, at(500));
  debounce.see(Save::completed, at(600));
  CHECK(debounce.due() == at(1100));
  debounce.look(true, at(1100));
  CHECK(debounce.quiet() == milliseconds(500));
}

}  // namespace honua::watching
