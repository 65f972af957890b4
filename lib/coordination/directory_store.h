// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "coordination/directory_lease.h"
#include "coordination/store.h"
#include "coordination/store_directory.h"

namespace honua::coordination {

// An instance that said nothing for so long is forgotten by collect().
inline constexpr std::chrono::hours forgotten_instance{24};

class LeaseKeeper;

// A store in a directory, on this host or shared by several:
//
//   EPOCH                        made once
//   objects/ab/cdef...           a snapshot, by its hash
//   versions/000000000042        a record; the file's creation is the publishing
//   HEAD                         the newest version's number: a hint, which may be behind
//   COLLECTED                    the oldest version whose snapshot is kept
//   PROMOTED                     the newest version that canaries have run for all
//   PROPOSAL                     what instances are asked to check, as long as somebody asks
//   leases/NAME/N                the N-th grant; with N.beat and N.released
//   instances/ID                 what an instance says of itself
//   tmp/                         unfinished files
//
// A snapshot is durable before its version is, so that a crash leaves nothing behind but files that nothing
// names. Files are created by link(2), which one of several wins, on network file systems, too.
class DirectoryStore final : public Store {
 public:
  [[nodiscard]] static StoreResult<std::unique_ptr<DirectoryStore>> open(const std::string& path,
                                                                         const StoreOptions& options);

  [[nodiscard]] std::string name() const override;
  [[nodiscard]] StoreResult<StoreState> state() override;
  [[nodiscard]] StoreResult<std::string> epoch() override;
  [[nodiscard]] StoreResult<std::optional<VersionRecord>> head() override;
  [[nodiscard]] StoreResult<VersionRecord> version(std::uint64_t number) override;
  [[nodiscard]] StoreResult<std::vector<VersionRecord>> history(std::size_t most) override;
  [[nodiscard]] StoreResult<std::string> object(const std::string& hash) override;
  [[nodiscard]] StoreResult<PublishOutcome> publish(const PublishRequest& request) override;
  [[nodiscard]] StoreResult<std::optional<VersionRecord>> made_by(const std::string& request) override;
  [[nodiscard]] StoreResult<void> propose(const Proposal& proposal, const std::string& text,
                                          const Lease& lease) override;
  [[nodiscard]] StoreResult<void> withdraw(const Lease& lease) override;
  [[nodiscard]] StoreResult<bool> promote(const VersionRecord& head, const Lease& lease) override;
  [[nodiscard]] StoreResult<tl::expected<Lease, LeaseHolder>> acquire(const LeaseRequest& request) override;
  [[nodiscard]] StoreResult<bool> renew(const Lease& lease) override;
  [[nodiscard]] StoreResult<void> release(const Lease& lease) override;
  [[nodiscard]] StoreResult<void> beat(const Instance& instance) override;
  [[nodiscard]] StoreResult<std::vector<Instance>> instances() override;
  [[nodiscard]] StoreResult<void> leave(const std::string& id) override;
  [[nodiscard]] StoreResult<Collected> collect(std::size_t kept_versions, std::chrono::seconds age,
                                               const Lease& lease) override;
  [[nodiscard]] StoreResult<std::vector<StoreFault>> verify() override;
  [[nodiscard]] std::chrono::milliseconds heartbeat_interval() const override;
  [[nodiscard]] watching::WatchList watch_list() const override;

 private:
  explicit DirectoryStore(StoreDirectory files) : files_(std::move(files)), leases_(files_) {}
  [[nodiscard]] StoreResult<void> initialize();
  [[nodiscard]] StoreResult<std::uint64_t> head_number() const;
  // A number in a file of its own; nothing without one.
  [[nodiscard]] StoreResult<std::optional<std::uint64_t>> number_in(const char* name) const;
  [[nodiscard]] StoreResult<void> put_object(const std::string& hash, const std::string& text) const;
  [[nodiscard]] StoreResult<std::optional<VersionRecord>> find_request(const std::string& request,
                                                                       std::uint64_t head,
                                                                       std::uint64_t most);
  [[nodiscard]] StoreResult<std::optional<PublishOutcome>> try_publish(const PublishRequest& request,
                                                                       const std::string& hash);
  [[nodiscard]] StoreResult<std::uint64_t> oldest_kept() const;
  [[nodiscard]] StoreResult<std::set<std::string>> needed_objects(std::uint64_t oldest);
  [[nodiscard]] StoreResult<std::size_t> collect_objects(std::uint64_t oldest, std::chrono::seconds before,
                                                         LeaseKeeper& keeper);
  [[nodiscard]] StoreResult<std::size_t> collect_files(
      const std::string& folder, std::chrono::seconds before,
      const std::function<bool(const std::string&)>& is_needed = {}) const;

  StoreDirectory files_;
  DirectoryLeases leases_;
};

}  // namespace honua::coordination
