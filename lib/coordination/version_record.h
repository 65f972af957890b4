// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace honua::coordination {

// The version of the form of records: a minor one adds, a major one changes.
inline constexpr std::string_view record_format_version = "1.0";
// A record has a few short texts; a larger one is something else.
inline constexpr std::size_t max_record_size = std::size_t{64} * 1024;
// Versions and fences beyond that were made by nobody: a thousand a second for 30,000 years.
inline constexpr std::uint64_t greatest_number = 1'000'000'000'000'000;
// The last second of the year 9999.
inline constexpr std::uint64_t greatest_time = 253'402'300'799;
// More canaries than that are all there are.
inline constexpr std::size_t max_canaries = 1000;
// Of a message that somebody gives.
inline constexpr std::size_t max_message_size = 4096;

enum class VersionKind : std::uint8_t {
  publish,
  rollback,  // an older snapshot once more
  // The same snapshot as before, by the new holder of a lease whose old one was lost: what that one still
  // writes comes too late.
  barrier,
};
[[nodiscard]] std::string_view to_string(VersionKind kind);

// A version of a store: a snapshot, who published it, and what it follows.
struct VersionRecord {
  std::uint64_t version = 0;  // from 1 on, without a gap
  std::string hash;           // of the snapshot: "sha256:..."
  VersionKind kind = VersionKind::publish;
  std::optional<std::uint64_t> of = std::nullopt;  // of a rollback: the version it goes back to
  std::uint64_t fence = 0;                         // of the lease it was published under
  std::chrono::sys_seconds time;                   // by the publisher's clock: for people
  std::string author;
  std::string host;
  std::string message;
  std::string summary;                     // of the plan against the version before: "1 breaking, 2 additive"
  std::string request;                     // random: the same request never makes two versions
  std::vector<std::string> canaries = {};  // the instances that run it first; none for all at once
  bool takes_over = false;                 // published with a lease that was taken away from its holder
  std::string previous_chain;              // of the version before; "" for the first
  std::string chain;                       // of this one
};

// "0123...": digits that tell a history from every other one: SHA-256 of the chain before and of all that the
// record says. Two stores that came to the same number in different ways have other chains.
[[nodiscard]] std::string chain_of(const VersionRecord& record);

// A record in JSON, as it is kept: one line, with its line feed.
[[nodiscard]] std::string write_record(const VersionRecord& record);
// An error if it is not exactly what write_record() gives: a record that was damaged or edited.
[[nodiscard]] Result<VersionRecord> read_record(std::string_view text);

// 32 random hexadecimal digits: names of requests, epochs and instances.
[[nodiscard]] std::string random_name();

}  // namespace honua::coordination
