// SPDX-License-Identifier: MIT
#include "exporting/unplaced.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "config/address.h"
#include "config/effective.h"
#include "config/upstream.h"
#include "exporting/leaving_out.h"

namespace honua::exporting {

using config::Block;
using config::BlockType;
using config::Setting;
using config::SettingKind;
using diagnostics::Diagnostics;
using diagnostics::Rule;
namespace upstream = config::upstream;

namespace {

// What else may be done about something that has no place.
struct OtherPlace {
  std::string_view end;  // of its address
  std::string_view help;
};

constexpr std::string_view in_background_jobs = "the server has a section `BackgroundJobs` of its own";
constexpr std::string_view in_connection = "write it into the connection, if the database's client knows it";

constexpr std::array other_places = {
    OtherPlace{"honua.log_level", "the server has `Logging__LogLevel__Default`"},
    OtherPlace{"honua.plugins", "the server has a section `Plugins` of its own"},
    OtherPlace{"logging", "the server has a section `Logging` of its own"},
    OtherPlace{"rate_limit", "the server has a section `RateLimiting` of its own"},
    OtherPlace{".default.mode", in_background_jobs},
    OtherPlace{".default.polling_interval", in_background_jobs},
    OtherPlace{".pool", in_connection},
    OtherPlace{".retry", in_connection},
    OtherPlace{".settings.ssl", "write `ssl=` into the connection"},
    OtherPlace{".settings.connect_timeout", "write `connectTimeout=` into the connection"},
    OtherPlace{".settings.sync_timeout", "write `syncTimeout=` into the connection"},
    OtherPlace{".settings.abort_on_connect_fail", "write `abortConnect=` into the connection"},
};

// The settings that are written, in blocks of which others are not.
constexpr std::array<std::string_view, 1> looked_at_in_honua = {"high_availability"};
constexpr std::array<std::string_view, 4> looked_at_in_sources = {"provider", "connection", "read_only",
                                                                  "max_replication_lag"};
constexpr std::array<std::string_view, 3> looked_at_in_caches = {"type", "enabled", "connection"};

// Blocks of which nothing is written.
constexpr std::array unplaced_types = {BlockType::rate_limit, BlockType::attachment_storage,
                                       BlockType::logging, BlockType::observability, BlockType::import};

bool is_one_of_names(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void tell_members(const Setting& object, const std::string& address, Diagnostics& told) {
  for (const Setting& one : object.items()) {
    const bool is_read = one.schema() == nullptr || one.schema()->read_upstream;
    if (!is_read && !one.is(SettingKind::null))
      leave_unplaced(upstream::unread_setting, one.name_range(), config::address_below(address, one.name()),
                     told);
  }
}

void tell_setting(const Setting& setting, const Block& block, Diagnostics& told) {
  const std::string address = config::address_below(config::address_of(block), setting.name());
  if (setting.schema() == nullptr || !setting.schema()->read_upstream) {
    leave_unplaced(upstream::unread_setting, setting.name_range(), address, told);
  } else if (!upstream::has_effect(block.type(), setting.name())) {
    leave_unplaced(upstream::without_effect, setting.name_range(), address, told);
  } else {
    tell_members(setting, address, told);
  }
}

void tell_others(const Block& block, std::span<const std::string_view> looked_at, Diagnostics& told) {
  for (const Setting& one : block.settings) {
    if (!one.is(SettingKind::null) && !is_one_of_names(looked_at, one.name())) tell_setting(one, block, told);
  }
}

}  // namespace

diagnostics::Diagnostic& leave_unplaced(const Rule& rule, source::SourceRange range,
                                        const std::string& address, Diagnostics& told) {
  auto& made = leave_out(rule, range, address, "it has no place among these settings", told);
  const auto other =
      std::ranges::find_if(other_places, [&](const OtherPlace& one) { return address.ends_with(one.end); });
  if (other != other_places.end()) made.suggest(std::string(other->help));
  return made;
}

void tell_unplaced(const config::Configuration& configuration, Diagnostics& told) {
  for (const Block& one : configuration.of(BlockType::honua)) tell_others(one, looked_at_in_honua, told);
  for (const Block& one : configuration.of(BlockType::data_source))
    tell_others(one, looked_at_in_sources, told);
  for (const BlockType type : unplaced_types) {
    const Rule& rule =
        config::schema_of(type).read_upstream ? upstream::without_effect : upstream::unread_setting;
    for (const Block& one : configuration.of(type))
      leave_unplaced(rule, one.header_range, config::address_of(one), told);
  }
}

void tell_unplaced_of_cache(const Block& cache, Diagnostics& told) {
  const std::string address = config::address_of(cache);
  for (const Setting& one : cache.settings) {
    if (one.is(SettingKind::null) || is_one_of_names(looked_at_in_caches, one.name())) continue;
    const std::string place = config::address_below(address, one.name());
    if (!one.is(SettingKind::object)) {
      leave_unplaced(upstream::without_effect, one.name_range(), place, told);
      continue;
    }
    for (const Setting& member : one.items()) {
      if (!member.is(SettingKind::null))
        leave_unplaced(upstream::unread_setting, member.name_range(),
                       config::address_below(place, member.name()), told);
    }
  }
}

}  // namespace honua::exporting
