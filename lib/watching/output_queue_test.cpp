// SPDX-License-Identifier: MIT
#include "watching/output_queue.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include "base/file_descriptor.h"

namespace honua::watching {

namespace {

using std::chrono::milliseconds;

struct TestPipe {
  TestPipe() {
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
    reader.emplace(ends[0]);
    writer.emplace(ends[1]);
    (void)std::signal(SIGPIPE, SIG_IGN);
  }
  // All there is until the other end is closed.
  [[nodiscard]] std::string read_all() const {
    std::string all;
    std::array<char, 65536> buffer{};
    ssize_t size = 0;
    while ((size = read(reader->number(), buffer.data(), buffer.size())) > 0)
      all.append(buffer.data(), static_cast<std::size_t>(size));
    return all;
  }
  std::optional<FileDescriptor> reader;
  std::optional<FileDescriptor> writer;
};

OutputQueue::Callbacks callbacks(std::atomic<int>& closed) {
  return {[](std::uint64_t count) { return "dropped " + std::to_string(count) + "\n"; },
          [&closed] { ++closed; }};
}

}  // namespace

TEST_CASE("texts are written in their order, also those that wait at the end") {
  TestPipe pipe;
  std::atomic<int> closed = 0;
  {
    OutputQueue queue(pipe.writer->number(), callbacks(closed));
    for (int i = 0; i < 100; ++i) queue.push(std::to_string(i) + "\n");
    queue.finish(milliseconds(2000));
  }
  pipe.writer.reset();
  std::string expected;
  for (int i = 0; i < 100; ++i) expected += std::to_string(i) + "\n";
  CHECK(pipe.read_all() == expected);
  CHECK(closed == 0);
}

TEST_CASE("a reader who does not read holds up nobody, and learns how much was dropped") {
  TestPipe pipe;
  std::atomic<int> closed = 0;
  std::string line(1000, 'x');
  line.back() = '\n';
  const std::size_t count = max_waiting_output / line.size() + 1000;
  std::string all;
  {
    OutputQueue queue(pipe.writer->number(), callbacks(closed));
    for (std::size_t i = 0; i < count; ++i) queue.push(line);
    std::thread reader([&] { all = pipe.read_all(); });
    queue.finish(milliseconds(5000));
    pipe.writer.reset();
    reader.join();
  }
  const std::size_t at = all.find("dropped ");
  REQUIRE(at != std::string::npos);
  const std::size_t dropped = std::stoul(all.substr(at + 8));
  const std::size_t words = all.find('\n', at) + 1 - at;
  CHECK(dropped > 0);
  CHECK((all.size() - words) / line.size() + dropped == count);
}

TEST_CASE("the end comes in time although nobody reads") {
  const TestPipe pipe;
  std::atomic<int> closed = 0;
  OutputQueue queue(pipe.writer->number(), callbacks(closed));
  queue.push(std::string(1'000'000, 'x'));
  const auto begin = std::chrono::steady_clock::now();
  queue.finish(milliseconds(200));
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(2000));
  CHECK(queue.write_error() == 0);
}

TEST_CASE("a reader who has gone is told once") {
  TestPipe pipe;
  std::atomic<int> closed = 0;
  pipe.reader.reset();
  OutputQueue queue(pipe.writer->number(), callbacks(closed));
  queue.push("a\n");
  for (int tries = 0; tries < 100 && closed == 0; ++tries) std::this_thread::sleep_for(milliseconds(10));
  queue.push("b\n");
  queue.finish(milliseconds(100));
  CHECK(closed == 1);
  CHECK(queue.write_error() == EPIPE);
}

}  // namespace honua::watching
