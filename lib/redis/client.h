// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "redis/reply.h"
#include "redis/session.h"
#include "redis/target.h"

namespace honua::redis {

// How long a server may take to be connected to, and to answer: one that is there takes a millisecond.
inline constexpr std::chrono::milliseconds connect_timeout{1'000};
inline constexpr std::chrono::milliseconds answer_timeout{2'000};
// After a connection that failed, the next is tried after a random time up to so long, doubled each time: a
// thousand clients do not come back at once.
inline constexpr std::chrono::milliseconds first_backoff{50};
inline constexpr std::chrono::milliseconds last_backoff{5'000};

// Where the master is now: the target's server, or what its Sentinels say. Of several Sentinels, the first
// that knows counts; what it names must be a master itself.
[[nodiscard]] RedisResult<Session> open_master(const Target& target);

inline constexpr std::string_view any_error = "*";

// A connection that is made when it is needed, and anew when it is lost, by one thread at a time.
class Client {
 public:
  explicit Client(Target target) : target_(std::move(target)) {}

  // Runs commands on the master. Where the connection was lost before an answer came, they are run once more
  // on a new one: callers ask nothing that may not be done twice. A server's error to any of them is an
  // error, but for those that begin with `tolerated`: "NOSCRIPT"; or `any_error`, for whoever looks at each
  // answer, but for those of a server that cannot be asked now.
  // `Tries::one_in_time`: not once more if the answer did not come in time, for who asks again soon anyway.
  enum class Tries : std::uint8_t { two, one_in_time };
  [[nodiscard]] RedisResult<std::vector<Reply>> run(const std::vector<Command>& commands,
                                                    std::string_view tolerated = {},
                                                    Tries tries = Tries::two);
  [[nodiscard]] RedisResult<Reply> run(const Command& command, std::string_view tolerated = {});

  // That the server was heard of: if it has to be connected to, that need not wait for the backoff's end.
  void try_at_once() { next_try_ = {}; }

  [[nodiscard]] const Target& target() const { return target_; }
  // How often a connection was made: who waits for messages of an older one has missed some.
  [[nodiscard]] std::uint64_t connections() const { return connections_; }

 private:
  [[nodiscard]] RedisResult<void> connect();
  [[nodiscard]] RedisResult<std::vector<Reply>> run_once(const std::vector<Command>& commands,
                                                         std::string_view tolerated);
  // Follows a cluster's word on where our keys are.
  void redirect(const Reply& moved);

  Target target_;
  std::optional<ServerAddress> redirected_;
  std::optional<Session> session_;
  std::uint64_t connections_ = 0;
  std::chrono::milliseconds backoff_{0};
  std::chrono::steady_clock::time_point next_try_;
  RedisError last_error_;
  std::minstd_rand random_{std::random_device{}()};
};

// A random time up to `backoff`.
[[nodiscard]] std::chrono::milliseconds jittered(std::chrono::milliseconds backoff, std::minstd_rand& random);
[[nodiscard]] std::chrono::milliseconds next_backoff(std::chrono::milliseconds backoff);

}  // namespace honua::redis
