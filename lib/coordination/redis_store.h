// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "coordination/store.h"
#include "redis/client.h"

namespace honua::coordination {

class LeaseKeeper;
struct LogVerifier;

// Records behind the newest so many go; snapshots go when collect() says so.
inline constexpr std::uint64_t kept_redis_records = 10'000;

// A store in Redis, for instances on many hosts. All keys have one hash tag, and so one slot of a cluster:
//
//   {PREFIX}:head            hash: epoch, version, chain, fence, record; promoted, proposal
//   {PREFIX}:log             stream: the record of version N has the ID N-0
//   {PREFIX}:object:HEX      a snapshot, by its hash
//   {PREFIX}:put:RANDOM      a snapshot on its way; gone after ten minutes
//   {PREFIX}:request:ID      the version that a request made, for a week
//   {PREFIX}:lease:NAME      hash: token, fence, owner; lasts as long as the lease
//   {PREFIX}:grants:NAME     hash: the last grant's fence, and whether it was given back
//   {PREFIX}:instance:ID     what an instance says of itself, for a day
//   {PREFIX}:instances       set of their IDs
//   {PREFIX}:collected       the oldest version whose snapshot is kept
//   {PREFIX}:events          channel: "EPOCH VERSION HASH" of each new version, proposal and promotion
//
// A snapshot is put first, in pieces, and becomes a version with the head in one script of constant time.
// Whatever is asked may be asked twice: a request whose answer was lost is repeated on a new connection.
// Messages only wake; what counts is the head. Leases end by the server's clock; fences and tokens keep a
// holder from harm that believes in one that has ended.
class RedisStore final : public Store {
 public:
  [[nodiscard]] static StoreResult<std::unique_ptr<RedisStore>> open(std::string_view url,
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
  [[nodiscard]] StoreResult<void> announce(const std::string& path) override;
  [[nodiscard]] StoreResult<tl::expected<Lease, LeaseHolder>> acquire(const LeaseRequest& request) override;
  [[nodiscard]] StoreResult<bool> renew(const Lease& lease) override;
  [[nodiscard]] StoreResult<void> release(const Lease& lease) override;
  [[nodiscard]] StoreResult<void> beat(const Instance& instance) override;
  [[nodiscard]] Pulse pulse(const Instance& instance) override;
  [[nodiscard]] StoreResult<std::vector<Instance>> instances() override;
  [[nodiscard]] StoreResult<void> leave(const std::string& id) override;
  [[nodiscard]] StoreResult<Collected> collect(std::size_t kept_versions, std::chrono::seconds age,
                                               const Lease& lease) override;
  [[nodiscard]] StoreResult<std::vector<StoreFault>> verify() override;
  [[nodiscard]] std::chrono::milliseconds heartbeat_interval() const override;
  [[nodiscard]] watching::WatchList watch_list() const override { return {}; }
  [[nodiscard]] StoreResult<std::unique_ptr<Subscription>> subscribe() const override;
  void heard() override { client_.try_at_once(); }

 private:
  explicit RedisStore(redis::Target target);
  [[nodiscard]] std::string key(std::string_view name) const { return tag_ + std::string(name); }
  [[nodiscard]] std::string object_key(const std::string& hash) const;
  [[nodiscard]] StoreResult<std::vector<redis::Reply>> run(const std::vector<redis::Command>& commands);
  [[nodiscard]] StoreResult<redis::Reply> run(const redis::Command& command);
  [[nodiscard]] StoreResult<redis::Reply> run_script(const char* script, const std::vector<std::string>& keys,
                                                     const std::vector<std::string>& arguments);
  [[nodiscard]] StoreResult<void> initialize();
  [[nodiscard]] StoreResult<std::string> put(const std::string& text, const std::optional<Lease>& lease);
  [[nodiscard]] StoreResult<std::optional<PublishOutcome>> repeat(const PublishRequest& request,
                                                                  PublishOutcome outcome);
  [[nodiscard]] StoreResult<std::optional<PublishOutcome>> try_publish(const PublishRequest& request,
                                                                       const std::string& hash);
  struct Made {
    std::string result;  // of the script
    std::optional<std::uint32_t> replicas;
  };
  [[nodiscard]] StoreResult<Made> make_version(const PublishRequest& request, const std::string& epoch,
                                               const VersionRecord& record);
  [[nodiscard]] std::vector<redis::Command> beat_commands(const Instance& instance);
  [[nodiscard]] redis::Command state_command() const;
  [[nodiscard]] StoreResult<void> await_replicas(std::uint32_t count);
  void drop(const std::string& place);
  [[nodiscard]] StoreResult<tl::expected<Lease, LeaseHolder>> try_acquire(const LeaseRequest& request,
                                                                          const std::string& token);
  [[nodiscard]] StoreResult<std::uint64_t> oldest_kept();
  // Hands over records from a version on, the oldest first.
  using TakeRecord = std::function<void(std::uint64_t version, const Result<VersionRecord>& record)>;
  [[nodiscard]] StoreResult<void> read_log(std::uint64_t first, const TakeRecord& take);
  [[nodiscard]] StoreResult<std::set<std::string>> needed_objects(std::uint64_t oldest);
  [[nodiscard]] StoreResult<std::size_t> collect_objects(std::uint64_t oldest, LeaseKeeper& keeper);
  [[nodiscard]] StoreResult<void> verify_head(const LogVerifier& log, std::vector<StoreFault>& faults);
  [[nodiscard]] StoreResult<std::vector<std::string>> find_keys(const std::string& pattern);

  redis::Client client_;
  std::string tag_;  // "{honua}:"
  std::uint32_t beats_ = 0;
  std::chrono::milliseconds heartbeat_{0};  // what the number of instances asks for
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace honua::coordination
