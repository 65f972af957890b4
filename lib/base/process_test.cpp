// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <doctest/doctest.h>

#include <string>

namespace honua {

TEST_CASE("a program gets its input and gives its output, also more than a pipe holds") {
  const std::string input(1'000'000, 'x');
  const auto result = run_process({"cat"}, input, input.size());
  REQUIRE(result.has_value());
  CHECK(result->exit_code == 0);
  CHECK(result->out == input);
}

TEST_CASE("a program that reads nothing of its input does no harm") {
  const auto result = run_process({"true"}, std::string(1'000'000, 'x'), 10);
  REQUIRE(result.has_value());
  CHECK(result->exit_code == 0);
}

TEST_CASE("a program's failure and its words are told") {
  const auto result = run_process({"sh", "-c", "echo bad >&2; exit 3"}, "", 10);
  REQUIRE(result.has_value());
  CHECK(result->exit_code == 3);
  CHECK(result->err == "bad\n");
}

TEST_CASE("a program that writes too much is ended") {
  const auto result = run_process({"yes"}, "", 100'000);
  REQUIRE_FALSE(result.has_value());
  CAPTURE(result.error().message);
  CHECK(result.error().message.find("are not read") != std::string::npos);
}

TEST_CASE("a program that does not exist is an error") {
  CHECK_FALSE(run_process({"honua-no-such-program"}, "", 10).has_value());
}

TEST_CASE("arguments are what they are: no shell is asked") {
  const auto result = run_process({"printf", "%s", "$HOME;`id`"}, "", 100);
  REQUIRE(result.has_value());
  CHECK(result->out == "$HOME;`id`");
}

}  // namespace honua
