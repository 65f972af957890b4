// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "redis/session.h"
#include "redis/target.h"

namespace honua::redis {

// A server that says nothing is asked whether it lives after so long, and given up after so long again.
// Owners ask for what counts more often than that, on a connection of their own: of a thousand instances, all
// that they say costs the server.
inline constexpr std::chrono::milliseconds ping_interval{30'000};
inline constexpr std::chrono::milliseconds pong_timeout{2'000};

// Wakes its owner when somebody publishes on a channel, whatever the message says, and whenever it had to
// connect: messages may have been lost then. It is a hint and nothing more; a flood of messages is one.
// A thread of its own waits, and connects again when it must, with a growing random backoff.
class Subscription {
 public:
  // An error if the system has no descriptors left.
  // `ping`: after how long without a word the server is asked whether it lives.
  [[nodiscard]] static Result<std::unique_ptr<Subscription>> start(
      Target target, std::string channel, std::chrono::milliseconds ping = ping_interval);
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription();

  // Readable when there was a message since take() was called last. For the owner's loop.
  [[nodiscard]] int descriptor() const { return wake_.number(); }
  void take() const;

  struct Counts {
    std::uint64_t messages = 0;
    std::uint64_t connections = 0;
  };
  // May be called by any thread.
  [[nodiscard]] Counts counts() const { return {messages_, connections_}; }

 private:
  Subscription(Target target, std::string channel, std::chrono::milliseconds ping, FileDescriptor wake,
               FileDescriptor stop);
  void run();
  // As long as the connection lasts.
  void listen(Session& session);
  // False once there is nothing more to come.
  [[nodiscard]] bool take_messages(Session& session);
  [[nodiscard]] bool is_stopped_within(std::chrono::milliseconds time) const;
  void wake() const;

  Target target_;
  std::string channel_;
  std::chrono::milliseconds ping_;
  FileDescriptor wake_;
  FileDescriptor stop_;
  std::atomic<std::uint64_t> messages_ = 0;
  std::atomic<std::uint64_t> connections_ = 0;
  std::minstd_rand random_{std::random_device{}()};
  std::thread thread_;
};

}  // namespace honua::redis
