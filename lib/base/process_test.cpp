// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <doctest/doctest.h>

#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <thread>

#include "base/file_descriptor.h"

namespace honua {

namespace {

using std::chrono::milliseconds;

SupervisedResult run_script(const std::string& script, const Supervision& supervision = {},
                            const std::string& input = "") {
  const auto result = run_supervised({"sh", "-c", script}, input, supervision);
  REQUIRE(result.has_value());
  return *result;
}

}  // namespace

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

TEST_CASE("a supervised program gets input and variables, and both its outputs are kept") {
  Supervision supervision;
  supervision.variables = {"HONUA_A=one", "PATH=/usr/bin:/bin"};
  const SupervisedResult result =
      run_script("cat; echo $HONUA_A $PATH >&2; env | grep -c ^PATH=", supervision, "in\n");
  CHECK(result.exit_code == 0);
  CHECK(result.output == "in\none /usr/bin:/bin\n1\n");
  CHECK_FALSE(result.has_timed_out);
}

TEST_CASE("a supervised program that hangs is asked to end, and ended if it does not") {
  Supervision supervision;
  supervision.timeout = milliseconds(100);
  supervision.grace = milliseconds(100);
  const SupervisedResult asked = run_script("exec sleep 60", supervision);
  CHECK(asked.has_timed_out);
  CHECK(asked.exit_code == 128 + SIGTERM);
  const SupervisedResult ended = run_script("trap '' TERM; while :; do sleep 1; done", supervision);
  CHECK(ended.has_timed_out);
  CHECK(ended.exit_code == 128 + SIGKILL);
}

TEST_CASE("a supervised program's children end with it when it took too long") {
  Supervision supervision;
  supervision.timeout = milliseconds(200);
  const SupervisedResult result = run_script("sleep 60 & echo $!; wait", supervision);
  CHECK(result.has_timed_out);
  const pid_t child = std::stoi(result.output);
  bool is_gone = false;
  for (int tries = 0; tries < 50 && !is_gone; ++tries) {
    std::this_thread::sleep_for(milliseconds(20));
    // Nobody may wait for orphans here: a zombie has ended, too.
    const auto state =
        run_process({"sh", "-c", "cut -d' ' -f3 /proc/" + std::to_string(child) + "/stat"}, "", 10);
    is_gone = state.has_value() && (state->out.empty() || state->out == "Z\n");
  }
  CHECK(is_gone);
}

TEST_CASE("a supervised program may print without end, and leave a daemon behind") {
  const SupervisedResult loud = run_script("head -c 100000000 /dev/zero; echo end >&2");
  CHECK(loud.exit_code == 0);
  CHECK(loud.output.size() == max_process_errors);
  const auto begin = std::chrono::steady_clock::now();
  Supervision supervision;
  supervision.timeout = milliseconds(10'000);
  const SupervisedResult daemon = run_script("sleep 20 & echo left", supervision);
  CHECK(daemon.exit_code == 0);
  CHECK(daemon.output == "left\n");
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(8'000));
}

TEST_CASE("a supervised program ends early when it is told to") {
  const FileDescriptor stop(eventfd(0, EFD_CLOEXEC));
  std::thread later([&stop] {
    std::this_thread::sleep_for(milliseconds(100));
    const std::uint64_t one = 1;
    CHECK(write(stop.number(), &one, sizeof one) == sizeof one);
  });
  Supervision supervision;
  supervision.stop = stop.number();
  const SupervisedResult result = run_script("exec sleep 60", supervision);
  later.join();
  CHECK(result.was_stopped);
  CHECK_FALSE(result.has_timed_out);
  CHECK(result.exit_code == 128 + SIGTERM);
}

TEST_CASE("a supervised program that does not exist is an error") {
  CHECK_FALSE(run_supervised({"honua-no-such-program"}, "", {}).has_value());
}

}  // namespace honua
