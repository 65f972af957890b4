// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "coordination/rollout.h"
#include "coordination/store.h"

namespace CLI {
class App;
}

// How `publish` reaches instances by steps.
namespace honua::commands {

// How long instances may take to check a snapshot, and canaries run it before the others do.
inline constexpr std::chrono::seconds usual_vote_wait{30};
inline constexpr std::chrono::seconds usual_canary_hold{60};
// What is proposed is kept for ten minutes (put_time of the store in Redis): who looks later finds nothing.
inline constexpr std::uint32_t longest_vote_wait = 600;
// A publishing that waits for longer holds its lease for a day.
inline constexpr std::uint32_t longest_canary_hold = 86'400;

// As they are given.
struct RolloutOptions {
  bool asks = false;
  std::string quorum;
  std::string vote_wait;
  std::string canaries;
  std::string hold;
};
void add_rollout_options(CLI::App& app, RolloutOptions& options);

struct Rollout {
  bool asks = false;  // instances, before it is published
  std::optional<coordination::Quorum> quorum;
  std::chrono::milliseconds vote_wait = usual_vote_wait;
  std::uint32_t canaries = 0;
  std::chrono::milliseconds hold = usual_canary_hold;
};
// Nothing, with a message, where they cannot be used.
[[nodiscard]] std::optional<Rollout> read_rollout(const RolloutOptions& options, CommandEnv& env);

// "host:1234"
[[nodiscard]] std::string shown_instance(const coordination::Instance& instance);
// What instances said against a snapshot, or did not say: lines for people.
[[nodiscard]] std::vector<std::string> objections_of(const coordination::Votes& votes);
// Why it is not published: a clause.
[[nodiscard]] std::string refusal_of(const coordination::Votes& votes, const Rollout& rollout);

}  // namespace honua::commands
