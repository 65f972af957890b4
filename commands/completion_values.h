// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command.h"
#include "commands/completion.h"

// Values for completion, by where they come from. What cannot be read has none.
namespace honua::commands {

// Larger configurations take too long to be read while somebody waits for a key: some 10 ms.
inline constexpr std::size_t max_completed_size = std::size_t{2} << 20U;
// More are no help to anybody.
inline constexpr std::size_t most_listed = 200;

using CompletionCandidates = std::vector<CompletionCandidate>;

// The addresses of the blocks of a configuration: those of these paths that are there, else what is found
// here.
[[nodiscard]] CompletionCandidates addresses_in(const std::vector<std::string>& paths, const CommandEnv& env);
// The environments that it has overlays for.
[[nodiscard]] CompletionCandidates environments_here(const CommandEnv& env);
// Codes, with their names and what they tell; `with_groups`: also categories and `all`.
[[nodiscard]] CompletionCandidates rule_names(bool with_groups);
// The same of the rules of changes.
[[nodiscard]] CompletionCandidates change_names();
// Branches and tags, as sides of a plan.
[[nodiscard]] CompletionCandidates git_revisions();
// The newest versions of a store in a directory; `prefix` stands before each: "dir:/srv/honua@".
[[nodiscard]] CompletionCandidates store_versions(const std::string& url, std::string_view prefix,
                                                  const CommandEnv& env);
[[nodiscard]] CompletionCandidates service_names();

}  // namespace honua::commands
