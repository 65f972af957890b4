// SPDX-License-Identifier: MIT
#include "validation/environment.h"

#include <doctest/doctest.h>

namespace honua::validation {

namespace {

using evaluation::EnvironmentUse;

EnvironmentUse use_of(std::string name, std::uint32_t place) {
  return {std::move(name), {0, place, place + 1}, false, false, false, true};
}

}  // namespace

TEST_CASE("the inventory has each variable once, by name, with its places in order") {
  const std::vector<EnvironmentUse> uses = {use_of("B", 30), use_of("A", 20), use_of("B", 10)};
  const auto variables = inventory(uses);
  REQUIRE(variables.size() == 2);
  CHECK(variables[0].name == "A");
  CHECK(variables[1].name == "B");
  REQUIRE(variables[1].places.size() == 2);
  CHECK(variables[1].places[0].begin == 10);
}

TEST_CASE("a variable has a default only if every value that needs it has one") {
  EnvironmentUse with = use_of("A", 1);
  with.has_default = true;
  EnvironmentUse without = use_of("A", 2);
  CHECK(inventory(std::vector{with}).front().has_default);
  CHECK_FALSE(inventory(std::vector{with, without}).front().has_default);
  without.is_needed = false;
  CHECK(inventory(std::vector{with, without}).front().has_default);
  const auto unneeded = inventory(std::vector{without});
  CHECK_FALSE(unneeded.front().has_default);
  CHECK_FALSE(unneeded.front().is_needed);
}

TEST_CASE("of many places of one variable a few are shown and the rest is counted") {
  std::vector<EnvironmentUse> uses;
  for (std::uint32_t place = 0; place < 6; ++place) uses.push_back(use_of("A", place));
  diagnostics::Diagnostics sink;
  check_environment(uses, true, sink);
  REQUIRE(sink.size() == 1);
  const diagnostics::Diagnostic& made = *sink.sorted().front();
  CHECK(made.message == "the environment variable `A` is not set");
  CHECK(made.labels.size() == 3);
  REQUIRE(made.help.size() == 2);
  CHECK(made.help[1] == "it is asked for at 2 more places");
}

TEST_CASE("without the demand nothing is said of variables that are not set") {
  diagnostics::Diagnostics sink;
  check_environment(std::vector{use_of("A", 1)}, false, sink);
  CHECK(sink.empty());
}

TEST_CASE("an empty variable is a warning where a value needs it") {
  EnvironmentUse empty = use_of("A", 1);
  empty.is_set = true;
  empty.is_empty = true;
  EnvironmentUse unneeded = empty;
  unneeded.name = "B";
  unneeded.is_needed = false;
  diagnostics::Diagnostics sink;
  check_environment(std::vector{empty, unneeded}, true, sink);
  REQUIRE(sink.size() == 1);
  CHECK(sink.sorted().front()->severity == diagnostics::Severity::warning);
}

}  // namespace honua::validation
