// SPDX-License-Identifier: MIT
#include "exporting/export_settings.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "config/address.h"
#include "config/effective.h"
#include "config/upstream.h"
#include "exporting/leader_election.h"
#include "exporting/leaving_out.h"
#include "exporting/setting_reader.h"
#include "exporting/unplaced.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "validation/check.h"

namespace honua::exporting {

using config::Block;
using config::BlockType;
using config::Setting;
using config::SettingKind;
using diagnostics::Diagnostics;
using diagnostics::Severity;
using validation::is_absent;
namespace upstream = config::upstream;

namespace {

constexpr std::string_view connection_section = "ConnectionStrings";
constexpr std::string_view replica_section = "ReadReplica";
constexpr std::string_view availability_section = "HighAvailability";

constexpr std::string_view on_environment = "it depends on the environment";

// Members of an object or a block, and where it is.
struct Members {
  std::span<const Setting> settings;
  std::string address;
};

std::string address_in(const Block& block, std::string_view name) {
  return config::address_below(config::address_of(block), name);
}

ServerSetting switched_on() { return {"", "", SettingForm::literal, "true"}; }

class SettingsExporter {
 public:
  SettingsExporter(std::span<const config::LoadInput> inputs, Diagnostics& told)
      : told_(told), loaded_(load(inputs)), reader_(inputs, loaded_, told) {}

  std::vector<ServerSetting> run() {
    const Block* redis = choose_redis();
    add_connections(redis);
    add_replicas();
    add_availability();
    tell_unplaced(configuration(), told_);
    return std::move(settings_);
  }

 private:
  static config::Loaded load(std::span<const config::LoadInput> inputs) {
    Diagnostics ignored;  // of a load in an environment without variables
    return config::load(inputs, MapEnvironment(), syntax::Dialect::honua, ignored);
  }

  [[nodiscard]] const config::Configuration& configuration() const { return loaded_.configuration; }

  void add(std::string_view section, std::string_view name, ServerSetting value) {
    value.section = section;
    value.name = name;
    settings_.push_back(std::move(value));
  }

  // --- caches

  // The cache that is the server's Redis; all others are told.
  const Block* choose_redis() {
    std::vector<const Block*> found;
    for (const Block& cache : configuration().of(BlockType::cache)) {
      if (is_redis_in_use(cache)) found.push_back(&cache);
    }
    if (found.empty()) return nullptr;
    const auto called_so = std::ranges::find_if(
        found, [](const Block* one) { return validation::same_word(one->label, "redis"); });
    const Block* chosen = called_so == found.end() ? found.front() : *called_so;
    for (const Block* one : found) {
      if (one == chosen) continue;
      leave_out(upstream::without_effect, one->header_range, config::address_of(*one),
                "the server has one Redis, which is " + validation::address(*chosen), told_);
    }
    return chosen;
  }

  bool is_redis_in_use(const Block& cache) {
    const Setting* enabled = cache.find("enabled");
    if (!is_absent(enabled) && reader_.is_dependent(*enabled)) {
      leave_out(upstream::without_effect, enabled->range, address_in(cache, "enabled"),
                std::string(on_environment) + ", and the cache is taken for one that is on", told_);
    } else if (!validation::is_enabled(cache)) {
      return false;
    }
    const Setting* type = cache.find("type");
    if (!is_absent(type) && reader_.is_dependent(*type)) {
      leave_out(upstream::without_effect, type->range, config::address_of(cache),
                "whether it is Redis depends on the environment", told_);
      return false;
    }
    if (validation::same_word(validation::cache_type(cache), "redis")) return true;
    auto& made =
        leave_unplaced(upstream::without_effect, cache.header_range, config::address_of(cache), told_);
    // Somebody may have forgotten what makes it one.
    if (is_absent(type) && !is_absent(cache.find("connection")))
      made.suggest("for Redis, add `type = \"redis\"`");
    return false;
  }

  // --- connections

  void add_connections(const Block* redis) {
    // The server looks for this name itself.
    if (redis != nullptr) connection_names_.insert("redis");
    for (const Block& source : configuration().of(BlockType::data_source)) add_connection(source);
    const Setting* connection = redis == nullptr ? nullptr : redis->find("connection");
    if (is_absent(connection)) return;
    redis_ = reader_.read(*connection, address_in(*redis, "connection"));
    if (redis_) add(connection_section, "Redis", *redis_);
    tell_unplaced_of_cache(*redis, told_);
  }

  void add_connection(const Block& source) {
    const Setting* connection = source.find("connection");
    if (is_absent(connection)) return;
    const std::string address = address_in(source, "connection");
    auto value = reader_.read(*connection, address);
    if (!value) return;
    // Case does not tell names of settings apart.
    if (connection_names_.insert(text::ascii_lower(source.label)).second)
      return add(connection_section, source.label, *std::move(value));
    leave_out(upstream::without_effect, source.label_range, address,
              "the server has another connection of this name", told_)
        .suggest("call the data source something else");
  }

  // --- replicas

  void add_replicas() {
    std::vector<const Block*> replicas;
    for (const Block& source : configuration().of(BlockType::data_source)) {
      if (is_replica(source)) {
        replicas.push_back(&source);
      } else if (const Setting* lag = source.find("max_replication_lag"); !is_absent(lag)) {
        leave_out(upstream::unread_setting, lag->name_range(), address_in(source, "max_replication_lag"),
                  "its data source is no replica", told_);
      }
    }
    if (replicas.empty()) return;
    add(replica_section, "EnableReadReplicaRouting", switched_on());
    add_lag(replicas);
  }

  bool is_replica(const Block& source) {
    const Setting* read_only = source.find("read_only");
    if (is_absent(read_only)) return false;
    const std::string address = address_in(source, "read_only");
    if (reader_.is_dependent(*read_only)) {
      leave_out(upstream::misread_text, read_only->range, address, on_environment, told_)
          .suggest("write the value itself");
      return false;
    }
    if (!validation::is_read_only(source)) return false;
    leave_out(upstream::unread_setting, read_only->name_range(), address,
              "the server has a switch for reading from replicas, but no setting that says which they are",
              told_);
    return true;
  }

  // The server has one lag for all replicas.
  void add_lag(const std::vector<const Block*>& replicas) {
    const Block* strictest = strictest_replica(replicas);
    if (strictest == nullptr) return;
    const Setting& chosen = *strictest->find("max_replication_lag");
    auto value = reader_.read(chosen, address_in(*strictest, "max_replication_lag"));
    if (value) add(replica_section, "MaxReplicationLagSeconds", *std::move(value));
    for (const Block* one : replicas) {
      if (one != strictest) tell_other_lag(*one, *strictest);
    }
  }

  // The one with the shortest lag that is known, or else the first one with any; nullptr if there is none.
  [[nodiscard]] const Block* strictest_replica(const std::vector<const Block*>& replicas) const {
    const Block* strictest = nullptr;
    std::optional<double> least;
    for (const Block* one : replicas) {
      const Setting* lag = one->find("max_replication_lag");
      if (is_absent(lag)) continue;
      const auto seconds = reader_.is_dependent(*lag) ? std::nullopt : lag->number();
      const bool is_shorter = seconds && (!least || *seconds < *least);
      if (strictest == nullptr || is_shorter) strictest = one;
      if (is_shorter) least = seconds;
    }
    return strictest;
  }

  void tell_other_lag(const Block& replica, const Block& strictest) {
    const Setting* lag = replica.find("max_replication_lag");
    const Setting* chosen = strictest.find("max_replication_lag");
    const std::string whose =
        "the server has one lag for all, which is that of " + validation::address(strictest);
    if (is_absent(lag)) {
      told_.report(upstream::unread_setting, Severity::warning, replica.label_range,
                   validation::address(replica) + " gets a lag, too: " + whose);
      return;
    }
    const bool is_same =
        !reader_.is_dependent(*lag) && !reader_.is_dependent(*chosen) && lag->number() == chosen->number();
    if (is_same) return;
    leave_out(upstream::unread_setting, lag->name_range(), address_in(replica, "max_replication_lag"), whose,
              told_);
  }

  // --- high availability

  // The one in force: inside of `honua`, or else the block.
  [[nodiscard]] std::optional<Members> find_availability() const {
    const Block* honua = configuration().single(BlockType::honua);
    const Setting* inside = honua == nullptr ? nullptr : honua->find("high_availability");
    if (!is_absent(inside)) return Members{inside->items(), address_in(*honua, "high_availability")};
    const Block* block = configuration().single(BlockType::high_availability);
    if (block == nullptr) return std::nullopt;
    return Members{block->settings, config::address_of(*block)};
  }

  void add_availability() {
    const auto availability = find_availability();
    const Setting* election = nullptr;
    if (availability) {
      add_channel(*availability);
      election = config::find(availability->settings, "leader_election");
    }
    const bool is_given = !is_absent(election);
    if (is_given) add_election(*election, config::address_below(availability->address, "leader_election"));
    add_background_jobs(is_given);
  }

  // How instances hear of changes: through Redis.
  void add_channel(const Members& availability) {
    const Setting* enabled = config::find(availability.settings, "enabled");
    if (is_absent(enabled)) return;
    auto value = reader_.read(*enabled, config::address_below(availability.address, "enabled"));
    if (value) add(availability_section, "Enabled", *std::move(value));
    const bool may_be_on = reader_.is_dependent(*enabled) || enabled->boolean().value_or(false);
    if (may_be_on && redis_) add(availability_section, "RedisConnectionString", *redis_);
  }

  void add_election(const Setting& election, const std::string& address) {
    for (ServerSetting& one : leader_election(election.items(), address, reader_, told_))
      settings_.push_back(std::move(one));
  }

  // Some write settings of work in the background, which the configuration has no place for, into a variable
  // of this name.
  void add_background_jobs(bool has_election) {
    const Block* variable = configuration().find(BlockType::variable, "background_jobs");
    const Setting* jobs = variable == nullptr ? nullptr : variable->find("default");
    if (jobs == nullptr || !jobs->is(SettingKind::object)) return;
    const std::string address = address_in(*variable, "default");
    for (const Setting& one : jobs->items()) {
      const std::string place = config::address_below(address, one.name());
      const bool is_election = one.name() == "leader_election" && one.is(SettingKind::object);
      if (is_election && has_election) {
        leave_out(upstream::without_effect, one.range, place, "the one of `high_availability` counts", told_);
      } else if (is_election) {
        add_election(one, place);
      } else if (!one.is(SettingKind::null)) {
        leave_unplaced(upstream::unread_setting, one.range, place, told_);
      }
    }
  }

  Diagnostics& told_;
  config::Loaded loaded_;
  SettingReader reader_;
  std::set<std::string> connection_names_;  // in lower case
  std::optional<ServerSetting> redis_;      // its connection
  std::vector<ServerSetting> settings_;
};

}  // namespace

std::vector<ServerSetting> export_settings(std::span<const config::LoadInput> inputs, Diagnostics& told) {
  return SettingsExporter(inputs, told).run();
}

}  // namespace honua::exporting
