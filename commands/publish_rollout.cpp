// SPDX-License-Identifier: MIT
#include "commands/publish_rollout.h"

#include <cstddef>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/read_count.h"
#include "commands/shared_options.h"
#include "coordination/version_record.h"
#include "text/mask.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::commands {

namespace {

using coordination::Instance;
using coordination::Quorum;
using coordination::Votes;

constexpr std::uint32_t whole = 100;  // percent

// "3" or "60%".
bool read_quorum(const std::string& text, std::optional<Quorum>& quorum, CommandEnv& env) {
  if (text.empty()) return true;
  const bool is_percentage = text.ends_with('%');
  const auto number = read_count(is_percentage ? text.substr(0, text.size() - 1) : text);
  if (number && (!is_percentage || *number <= whole)) {
    quorum = Quorum{*number, is_percentage};
    return true;
  }
  print_error(env, "`--quorum` is " + text::quoted(text::mask_secrets(text)) + ", which is no such number",
              {"it is how many instances have to accept, such as `3` or `60%`"});
  return false;
}

bool needs(bool is_given, bool is_fulfilled, const std::string& option, const std::string& other,
           CommandEnv& env) {
  if (!is_given || is_fulfilled) return true;
  print_error(env, "`" + option + "` says nothing without `" + other + "`");
  return false;
}

}  // namespace

void add_rollout_options(CLI::App& app, RolloutOptions& options) {
  add_flag(app, "--two-phase", "have all live instances check it first, and publish only what they accept",
           options.asks);
  add_text_option(app, "--quorum", "N|P%", "of them, how many have to accept it (default: all)",
                  options.quorum);
  add_text_option(app, "--vote-wait", "SECONDS", "how long they may take (default: 30)", options.vote_wait);
  add_text_option(app, "--canary", "N",
                  "so many instances run it first; all others once these have done so for a while",
                  options.canaries);
  add_text_option(app, "--canary-hold", "SECONDS", "how long a while is (default: 60)", options.hold);
}

std::optional<Rollout> read_rollout(const RolloutOptions& options, CommandEnv& env) {
  Rollout rollout;
  rollout.asks = options.asks;
  std::optional<std::uint32_t> vote_wait;
  std::optional<std::uint32_t> canaries;
  std::optional<std::uint32_t> hold;
  const bool is_read =
      read_quorum(options.quorum, rollout.quorum, env) &&
      read_number_option(options.vote_wait, "--vote-wait", 1, longest_vote_wait, vote_wait, env) &&
      read_number_option(options.canaries, "--canary", 1, coordination::max_canaries, canaries, env) &&
      read_number_option(options.hold, "--canary-hold", 0, longest_canary_hold, hold, env) &&
      needs(!options.quorum.empty(), options.asks, "--quorum", "--two-phase", env) &&
      needs(!options.vote_wait.empty(), options.asks, "--vote-wait", "--two-phase", env) &&
      needs(!options.hold.empty(), canaries.has_value(), "--canary-hold", "--canary", env);
  if (!is_read) return std::nullopt;
  if (vote_wait) rollout.vote_wait = std::chrono::seconds(*vote_wait);
  if (hold) rollout.hold = std::chrono::seconds(*hold);
  rollout.canaries = canaries.value_or(0);
  return rollout;
}

std::string shown_instance(const Instance& instance) {
  if (instance.host.empty()) return text::printable(instance.id);
  return text::printable(instance.host) + ":" + std::to_string(instance.pid);
}

std::vector<std::string> objections_of(const Votes& votes) {
  std::vector<std::string> lines;
  lines.reserve(votes.refusing.size() + votes.silent.size());
  for (const Instance& one : votes.refusing)
    lines.push_back("  " + shown_instance(one) + ": " + text::printable(one.objection));
  for (const Instance& one : votes.silent)
    lines.push_back("  " + shown_instance(one) + ": it does not answer");
  return lines;
}

std::string refusal_of(const Votes& votes, const Rollout& rollout) {
  if (votes.live == 0) return "no instance is there to check it";
  const std::size_t needed = coordination::accepting_of(rollout.quorum, votes.live);
  if (needed > votes.live)
    return std::to_string(needed) + " have to accept it, and there are only " +
           text::count_of(votes.live, "live instance");
  return std::to_string(votes.accepted) + " of " + text::count_of(votes.live, "live instance") +
         (votes.accepted == 1 ? " accepts it" : " accept it") + ", and " + std::to_string(needed) +
         (needed == 1 ? " has to" : " have to");
}

}  // namespace honua::commands
