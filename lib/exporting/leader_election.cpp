// SPDX-License-Identifier: MIT
#include "exporting/leader_election.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "config/address.h"
#include "config/rules.h"
#include "config/upstream.h"
#include "exporting/leaving_out.h"
#include "exporting/unplaced.h"
#include "text/sanitize.h"
#include "validation/check.h"

namespace honua::exporting {

using config::AttributeSchema;
using config::Setting;
using config::SettingKind;
using config::ValueType;
namespace upstream = config::upstream;

namespace {

struct ElectionName {
  std::string_view name;         // in the configuration
  std::string_view server_name;  // in the server's settings
  std::string_view unfit;        // the rule about values that the server refuses; "" if it takes all
};

constexpr std::array election_names = {
    ElectionName{"resource_name", "ResourceName", "resource-name-unfit"},
    ElectionName{"lease_duration_seconds", "LeaseDurationSeconds", "lease-out-of-range"},
    ElectionName{"renewal_interval_seconds", "RenewalIntervalSeconds", "renewal-out-of-range"},
    ElectionName{"key_prefix", "KeyPrefix", "key-prefix-blank"},
    ElectionName{"enable_detailed_logging", "EnableDetailedLogging", ""},
};

constexpr std::size_t longest_name = 100;

const AttributeSchema& election_schema(std::string_view name) {
  const auto& availability = config::schema_of(config::BlockType::high_availability).body;
  return *availability.find("leader_election")->nested->find(name);
}

SettingKind kind_wanted(const AttributeSchema& schema) {
  switch (schema.type) {
    case ValueType::integer: return SettingKind::number;
    case ValueType::boolean: return SettingKind::boolean;
    default: return SettingKind::text;
  }
}

// Whether it is one that the server takes, apart from its type.
bool is_in_range(const Setting& setting, const AttributeSchema& schema) {
  if (const auto number = setting.number())
    return *number >= schema.bounds.least && *number <= schema.bounds.most;
  const auto text = setting.text();
  return !text || (!validation::is_blank_text(*text) &&
                   (schema.name != "resource_name" || text->size() <= longest_name));
}

class ElectionReader {
 public:
  ElectionReader(std::span<const Setting> members, const std::string& address, const SettingReader& reader,
                 diagnostics::Diagnostics& told)
      : members_(members), address_(address), reader_(reader), told_(told) {}

  std::vector<ServerSetting> read() {
    for (const ElectionName& one : election_names) {
      const Setting* setting = config::find(members_, one.name);
      if (!validation::is_absent(setting)) add(*setting, one);
    }
    if (fits_) check_renewal();
    for (const Setting& one : members_) tell_unless_named(one);
    return std::move(settings_);
  }

 private:
  [[nodiscard]] std::string address_of(const Setting& setting) const {
    return config::address_below(address_, setting.name());
  }

  void add(const Setting& setting, const ElectionName& name) {
    if (!is_fit(setting, name)) {
      fits_ = false;
      return;
    }
    auto value = reader_.read(setting, address_of(setting));
    if (!value) return;
    value->section = "LeaderElection";
    value->name = name.server_name;
    settings_.push_back(*std::move(value));
  }

  // What the environment says is known where the server runs. The settings of blocks were checked with their
  // files, those of a variable were not.
  bool is_fit(const Setting& setting, const ElectionName& name) {
    if (reader_.is_dependent(setting)) return true;
    const AttributeSchema& schema = election_schema(name.name);
    if (!setting.is(kind_wanted(schema))) {
      told_.report(config::rules::wrong_type, setting.range,
                   text::quoted(address_of(setting)) + " must be " +
                       std::string(config::describe(schema.type)) + ", found " +
                       std::string(config::describe(setting.kind)));
      return false;
    }
    if (is_in_range(setting, schema)) return true;
    auto& made = told_.report(checked_rule(name.unfit), setting.range,
                              text::quoted(address_of(setting)) + " is a value that the server refuses");
    if (schema.bounds.given) {
      const auto text = [](double bound) { return std::to_string(static_cast<int>(bound)); };
      made.suggest("it lies between " + text(schema.bounds.least) + " and " + text(schema.bounds.most));
    }
    return false;
  }

  // The value that counts; nothing if it is not known here.
  [[nodiscard]] std::optional<double> seconds_of(std::string_view name) const {
    const Setting* setting = config::find(members_, name);
    if (validation::is_absent(setting)) return validation::default_number(election_schema(name));
    return reader_.is_dependent(*setting) ? std::nullopt : setting->number();
  }

  void check_renewal() {
    const auto lease = seconds_of("lease_duration_seconds");
    const auto renewal = seconds_of("renewal_interval_seconds");
    if (!lease || !renewal || *renewal <= std::floor(*lease / 2)) return;
    // The defaults fit each other: one of the two is given.
    const Setting* given = config::find(members_, "renewal_interval_seconds");
    if (validation::is_absent(given)) given = config::find(members_, "lease_duration_seconds");
    const bool is_late = *renewal >= *lease;
    told_
        .report(checked_rule(is_late ? "renewal-after-lease" : "renewal-over-half-lease"), given->range,
                text::quoted(address_) +
                    (is_late ? " renews a lease that has ended" : " renews a lease in the second half of it"))
        .suggest("renew each third of the lease");
  }

  void tell_unless_named(const Setting& setting) {
    const bool is_named =
        std::ranges::find(election_names, setting.name(), &ElectionName::name) != election_names.end();
    if (is_named || setting.is(SettingKind::null)) return;
    const auto text = setting.text();
    // The only place that the server elects in.
    if (setting.name() == "provider" && text && validation::same_word(*text, "redis")) return;
    if (setting.name() == "enabled") {
      leave_out(upstream::unread_setting, setting.range, address_of(setting), "the server has no such switch",
                told_);
    } else {
      leave_unplaced(upstream::unread_setting, setting.range, address_of(setting), told_);
    }
  }

  std::span<const Setting> members_;
  const std::string& address_;
  const SettingReader& reader_;
  diagnostics::Diagnostics& told_;
  std::vector<ServerSetting> settings_;
  bool fits_ = true;
};

}  // namespace

std::vector<ServerSetting> leader_election(std::span<const Setting> members, const std::string& address,
                                           const SettingReader& reader, diagnostics::Diagnostics& told) {
  return ElectionReader(members, address, reader, told).read();
}

}  // namespace honua::exporting
