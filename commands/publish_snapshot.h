// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/command.h"
#include "commands/publish_rollout.h"
#include "commands/shared_options.h"
#include "coordination/store.h"
#include "planning/plan.h"
#include "planning/plan_report.h"
#include "snapshot/document.h"

// From a sound snapshot to a version of a store: what `publish`, `rollback` and `watch --publish` share.
namespace honua::commands {

// What a snapshot changes of a store's head.
struct HeadPlan {
  std::optional<coordination::VersionRecord> head;  // nothing in an empty store
  std::optional<snapshot::Document> before;
  planning::ChangeSet changes;
  std::string summary;  // "1 breaking, 2 additive"
};
// `document`: of the snapshot, without digests; it must outlive the plan. The store's trouble if the head
// cannot be read.
[[nodiscard]] coordination::StoreResult<HeadPlan> plan_against_head(coordination::Store& store,
                                                                    const snapshot::Document& document);

// A lease for a moment, given back at its end.
class MomentLease {
 public:
  MomentLease(coordination::Store& store, coordination::Lease lease)
      : store_(store), lease_(std::move(lease)) {}
  MomentLease(const MomentLease&) = delete;
  MomentLease& operator=(const MomentLease&) = delete;
  ~MomentLease() { (void)store_.release(lease_); }
  [[nodiscard]] const coordination::Lease& lease() const { return lease_; }

 private:
  coordination::Store& store_;
  coordination::Lease lease_;
};

struct LeaseTimes {
  std::chrono::milliseconds duration;
  std::chrono::milliseconds patience;
  bool ends_with_process = true;  // as in coordination::LeaseRequest
  bool takes_over = false;
};
// The lease of a name, waited for as long as the times say. Nothing, with a message, where it cannot be had;
// `code` is the command's then. `what`: how messages call it, behind "holds the lease"; `help`: how else to
// get what is wanted.
[[nodiscard]] std::unique_ptr<MomentLease> take_lease(coordination::Store& store, const std::string& name,
                                                      const LeaseTimes& times, const std::string& what,
                                                      const std::string& help, ExitCode& code,
                                                      CommandEnv& env);
// Options `--lease-ttl` and `--lock-wait`.
struct LeaseOptions {
  std::string duration;
  std::string patience;
};
void add_lease_options(CLI::App& app, LeaseOptions& options);
void add_take_over_option(CLI::App& app, bool& takes_over);
// Of `--lease-ttl` alone, in milliseconds.
[[nodiscard]] bool read_lease_duration(const std::string& text, std::optional<std::uint32_t>& duration,
                                       CommandEnv& env);
[[nodiscard]] std::optional<LeaseTimes> read_lease_times(const LeaseOptions& options, CommandEnv& env);

// How a publishing command tells what came of it.
enum class ResultFormat : std::uint8_t { human, json };
void add_result_format_option(CLI::App& app, ResultFormat& format);

// What to publish, and how.
struct Publication {
  coordination::PublishRequest request;
  LeaseTimes lease{};
  ResultFormat format = ResultFormat::human;
  Rollout rollout{};
  std::string announced;  // the path that servers are told of; "" for none
};

// Of a head that is not the version that a caller expects.
[[nodiscard]] ExitCode tell_unexpected(const std::optional<coordination::VersionRecord>& head,
                                       ResultFormat format, CommandEnv& env);
// Of a request that has made a version before.
[[nodiscard]] ExitCode tell_repeated(coordination::Store& store, const coordination::VersionRecord& made,
                                     const std::string& hash, ResultFormat format, CommandEnv& env);

// What is to be run by all.
struct Promotion {
  std::optional<std::uint64_t> expected;  // the head that is meant
  LeaseTimes lease{};
  ResultFormat format = ResultFormat::human;
  std::string announced;  // as in Publication
};
// Has all instances run the head that only canaries run, and tells what came of it.
[[nodiscard]] ExitCode promote_and_tell(coordination::Store& store, const Promotion& promotion,
                                        CommandEnv& env);

// Takes the lease, publishes and tells what came of it; the exit code is the command's.
[[nodiscard]] ExitCode publish_and_tell(coordination::Store& store, Publication publication,
                                        const planning::ChangeSet& changes, CommandEnv& env);

}  // namespace honua::commands
