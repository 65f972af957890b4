// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "commands/command.h"

// What may stand where somebody presses the tab key, for `honua __complete`. No network is asked: of stores,
// only directories are.
namespace honua::commands {

struct CompletionCandidate {
  std::string text;         // the whole word
  std::string description;  // "" for none
};

// What a shell adds of its own.
enum class FollowUp : std::uint8_t { none, files, programs };

struct Completion {
  std::vector<CompletionCandidate> candidates;  // that begin as the word does
  FollowUp follow_up = FollowUp::none;
};

// `words`: of the command line, behind the program's name. `index`: of the one that is being written, which
// may be one behind the last.
[[nodiscard]] Completion complete(const std::vector<std::string>& words, std::size_t index,
                                  std::span<const CommandEntry> table, CommandEnv& env);

}  // namespace honua::commands
