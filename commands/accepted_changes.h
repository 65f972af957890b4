// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "planning/change.h"

// Changes that somebody has looked at and accepted, in a file of their own:
//
//   accept "P1005" {
//     address = "layer.roads"
//     reason  = "clients were told"
//     until   = "2027-01-31"
//   }
//   accept {
//     fingerprint = "0123..."
//     reason      = "..."
//   }
namespace honua::commands {

// One of them. Without an address it is about all changes of the rule.
struct Acceptance {
  std::string rule;  // code or slug
  std::string address;
  std::string fingerprint;
  std::string reason;
  std::optional<std::chrono::year_month_day> until;  // the last day
  std::string place;                                 // "accepted.hcl:3": for messages
};

// Far more than anybody accepts; a larger file is something else.
inline constexpr std::size_t max_acceptance_file_size = std::size_t{1} << 20U;

// Reads them; nothing, with messages, if the file has mistakes: whoever accepts must be understood.
[[nodiscard]] std::optional<std::vector<Acceptance>> read_acceptances(const std::string& path,
                                                                      CommandEnv& env);

// Marks what is accepted. Says which acceptances are about nothing, or over: these accept nothing.
void accept_changes(const std::vector<Acceptance>& acceptances, planning::ChangeSet& plan, CommandEnv& env);

}  // namespace honua::commands
