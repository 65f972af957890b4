// SPDX-License-Identifier: MIT
#include "watching/settling.h"

#include <doctest/doctest.h>

#include "watching/times_for_test.h"

namespace honua::watching {

namespace {

using Finding = Settling::Finding;

}  // namespace

TEST_CASE("a sound configuration is told at once, and once") {
  Settling settling;
  CHECK(settling.tell(Finding::sound, "a", at(0)));
  CHECK_FALSE(settling.tell(Finding::sound, "a", at(1)));
  CHECK(settling.tell(Finding::sound, "b", at(2)));
  CHECK_FALSE(settling.due());
}

TEST_CASE("what is wrong is told after it has been so for a while") {
  Settling settling;
  CHECK_FALSE(settling.tell(Finding::invalid, "a", at(0)));
  CHECK(settling.due() == at(250));
  CHECK_FALSE(settling.tell(Finding::invalid, "a", at(249)));
  CHECK(settling.tell(Finding::invalid, "a", at(250)));
  CHECK_FALSE(settling.due());
  CHECK_FALSE(settling.tell(Finding::invalid, "a", at(900)));
}

TEST_CASE("a save in steps that ends well is told once, and its steps never") {
  Settling settling;
  CHECK(settling.tell(Finding::sound, "a", at(0)));
  CHECK_FALSE(settling.tell(Finding::missing, "", at(10)));
  CHECK_FALSE(settling.tell(Finding::empty, "e", at(20)));
  CHECK_FALSE(settling.tell(Finding::invalid, "half", at(100)));
  CHECK(settling.tell(Finding::sound, "b", at(200)));
  CHECK_FALSE(settling.due());
}

TEST_CASE("another mistake is waited for anew") {
  Settling settling;
  CHECK_FALSE(settling.tell(Finding::invalid, "a", at(0)));
  CHECK_FALSE(settling.tell(Finding::invalid, "b", at(200)));
  CHECK(settling.due() == at(450));
  CHECK(settling.tell(Finding::invalid, "b", at(450)));
}

TEST_CASE("a file that is missing is told after longer, and told again when it goes again") {
  Settling settling;
  CHECK_FALSE(settling.tell(Finding::missing, "", at(0)));
  CHECK(settling.due() == at(2000));
  CHECK(settling.tell(Finding::missing, "", at(2000)));
  CHECK(settling.tell(Finding::sound, "a", at(3000)));
  CHECK_FALSE(settling.tell(Finding::missing, "", at(4000)));
  CHECK(settling.tell(Finding::missing, "", at(6000)));
}

TEST_CASE("going back to what was told last is nothing to tell") {
  Settling settling;
  CHECK(settling.tell(Finding::sound, "a", at(0)));
  CHECK_FALSE(settling.tell(Finding::invalid, "b", at(10)));
  CHECK_FALSE(settling.tell(Finding::sound, "a", at(20)));
  CHECK_FALSE(settling.due());
}

}  // namespace honua::watching
