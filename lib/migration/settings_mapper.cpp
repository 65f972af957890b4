// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/environment.h"
#include "base/memory_file_system.h"
#include "config/schema.h"
#include "connection/connection_text.h"
#include "connection/database_connection.h"
#include "migration/mappers.h"
#include "migration/rules.h"
#include "rendering/quoted_text.h"
#include "text/sanitize.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using config::AttributeSchema;
using config::ValueType;

// `maxPageSize` and `MaxPageSize` as `max_page_size`; what has `_` by now only gets lower case.
std::string snake_case(std::string_view name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string made;
  for (std::size_t at = 0; at < name.size(); ++at) {
    // A capital starts a word, unless it goes on with one of capitals only.
    const bool starts = at > 0 && is_upper(name[at]) && name[at - 1] != '_' &&
                        (!is_upper(name[at - 1]) || (at + 1 < name.size() && !is_upper(name[at + 1])));
    if (starts) made += '_';
    made += text::ascii_lower(name.substr(at, 1));
  }
  return made;
}

std::string_view service_of(std::string_view section) {
  struct Name {
    std::string_view section;
    std::string_view type;
  };
  static constexpr auto names = std::to_array<Name>({{"ogcapifeatures", "ogc_api"},
                                                     {"ogcapi", "ogc_api"},
                                                     {"geoservicesrest", "geoservices_rest"},
                                                     {"geoservices", "geoservices_rest"},
                                                     {"zarrapi", "zarr"}});
  std::string compact;
  std::ranges::copy_if(text::ascii_lower(section), std::back_inserter(compact),
                       [](char c) { return c != '_' && c != '-'; });
  const auto found = std::ranges::find(names, compact, &Name::section);
  if (found != names.end()) return found->type;
  const config::ServiceType* type = config::find_service_type(compact);
  return type == nullptr ? std::string_view() : type->id;
}

// A value as an expression, where it is what the setting takes; nothing otherwise.
std::optional<std::string> expression_of(const AttributeSchema& schema, const LegacyValue& value) {
  switch (schema.type) {
    case ValueType::boolean:
      if (value.is(ValueKind::boolean)) return value.boolean() ? "true" : "false";
      break;
    case ValueType::integer: {
      const auto number = value.is(ValueKind::number) ? value.integer() : std::nullopt;
      const auto approximately = static_cast<double>(number.value_or(0));
      const bool is_within = !schema.bounds.given ||
                             (approximately >= schema.bounds.least && approximately <= schema.bounds.most);
      if (number && is_within) return std::to_string(*number);
      break;
    }
    case ValueType::string:
      if (value.is(ValueKind::string)) return rendering::quoted_text(value.text());
      break;
    default: break;
  }
  return std::nullopt;
}

// The kind of database that a connection string is for: by the name that it has in the settings, or by its
// form.
std::string provider_of(std::string_view name, const std::string& connection) {
  std::string word;
  for (const char c : std::string(name) + ' ') {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) {
      word += c;
      continue;
    }
    if (const connection::Provider* found = connection::find_provider(word))
      return std::string(found->canonical);
    word.clear();
  }
  // A word by itself may be anything.
  constexpr auto file_endings = std::to_array<std::string_view>({".db", ".gpkg", ".sqlite", ".sqlite3"});
  const bool is_file =
      std::ranges::any_of(file_endings, [&](std::string_view one) { return connection.ends_with(one); });
  if (!is_file && connection::parse_connection(connection).form == connection::ConnectionForm::plain)
    return "";
  const MapEnvironment no_environment{std::map<std::string, std::string>()};
  const MemoryFileSystem no_files;
  const auto read = connection::read_connection(connection, "", no_environment, no_files);
  return read ? read->provider : "";
}

class SettingsMapper {
 public:
  SettingsMapper(BlockNumber honua, DataSources& sources, Services& services, Context& context)
      : honua_(honua), sources_(sources), services_(services), context_(context) {}

  void map(const LegacyObject& root) {
    map_logging(root);
    map_hosts(root);
    map_connections(root);
    map_redis(root);
    map_rate_limits(root);
    const auto section = object_in(root, "honua");
    const LegacyObject honua{section};
    map_environment(honua);
    map_cors_in(honua);
    map_availability(root);
    map_plugins(root);
    map_plugins(honua);
    if (const auto odata = object_in(honua, "odata")) map_service("odata", *odata);
    const auto services = object_in(honua, "services");
    if (services)
      services->each_member([&](const std::string& name, const LegacyValue& one) {
        const std::string_view type = service_of(name);
        if (!type.empty() && one.is(ValueKind::object)) map_service(type, one);
      });
  }

 private:
  // Settings may be of any shape: what is not as it has to be stays without a place.
  static std::optional<LegacyValue> value_in(const LegacyObject& object, std::string_view name,
                                             ValueKind wanted) {
    const auto found = object.find(name);
    return found && found->is(wanted) ? found : std::nullopt;
  }
  static std::optional<LegacyValue> object_in(const LegacyObject& object, std::string_view name) {
    return value_in(object, name, ValueKind::object);
  }

  void map_logging(const LegacyObject& root) {
    const auto levels = object_in(LegacyObject{object_in(root, "Logging")}, "LogLevel");
    const auto level = value_in(LegacyObject{levels}, "Default", ValueKind::string);
    if (!level) return;
    constexpr auto known =
        std::to_array<std::string_view>({"trace", "debug", "information", "warning", "error", "critical"});
    std::string lower = text::ascii_lower(level->text());
    const bool is_none = lower == "none";
    if (is_none) lower = "critical";
    if (std::ranges::find(known, lower) == known.end())
      return context_.keep(*level, "it is no level that the server has");
    context_.block(honua_).set({"log_level"}, rendering::quoted_text(lower));
    context_.claim(*level, lower == level->text() ? Outcome::mapped : Outcome::converted, honua_,
                   {"log_level"}, is_none ? "the fewest messages" : "");
  }

  // A text separated by `;`, or a list; at the root, and in the server's own section.
  void map_hosts(const LegacyObject& root) {
    const auto section = object_in(LegacyObject{object_in(root, "honua")}, "server");
    const LegacyObject server{section};
    for (const LegacyObject* one : {&server, &root}) {
      const auto hosts = one->find("allowedHosts");
      if (!hosts || !(hosts->is(ValueKind::string) || hosts->is(ValueKind::array))) continue;
      if (std::exchange(has_hosts_, true)) {
        context_.account().claim_all(*hosts, Outcome::merged, {}, "another member counts");
      } else if (hosts->is(ValueKind::array)) {
        map_allowed_hosts(*hosts, honua_, context_);
      } else {
        map_host_text(*hosts);
      }
    }
  }

  void map_host_text(const LegacyValue& hosts) {
    std::vector<std::string> quoted;
    const std::string all = hosts.text();
    for (std::size_t at = 0; at <= all.size();) {
      const std::size_t end = std::min(all.find(';', at), all.size());
      const std::string_view one = text::trimmed(std::string_view(all).substr(at, end - at));
      if (one == "*") return context_.claim_default(hosts, "without a list the server answers to any host");
      if (!one.empty()) quoted.push_back(rendering::quoted_text(one));
      at = end + 1;
    }
    if (quoted.empty()) return context_.claim_default(hosts, "it names no host");
    context_.block(honua_).set({"allowed_hosts"}, list_of(quoted));
    context_.claim(hosts, Outcome::converted, honua_, {"allowed_hosts"}, "it is a list now");
  }

  void map_environment(const LegacyObject& honua) {
    const auto name = value_in(honua, "environment", ValueKind::string);
    if (!name || text::trimmed(name->text()).empty()) return;
    context_.map_environment(*name, honua_, text::ascii_lower(name->text()));
  }

  void map_cors_in(const LegacyObject& honua) {
    const auto section = object_in(honua, "server");
    const auto own = object_in(LegacyObject{section}, "cors");
    const auto cors = own ? own : object_in(honua, "cors");
    if (cors) map_cors(*cors, honua_, context_);
  }

  void map_connections(const LegacyObject& root) {
    const auto strings = object_in(root, "ConnectionStrings");
    if (!strings) return;
    strings->each_member([&](const std::string& name, const LegacyValue& one) {
      if (!one.is(ValueKind::string) || name.starts_with('_')) return;
      if (text::trimmed(one.text()).empty()) return context_.claim_default(one, "it is empty");
      const std::string lower = text::ascii_lower(name);
      if (lower == "redis") return map_redis_connection(one);
      const std::string provider = provider_of(name, one.text());
      if (provider.empty() || lower.starts_with("redis"))
        return context_.keep(one, "it does not say which database it is for");
      sources_.add_connection(name == "DefaultConnection" ? "primary" : name, provider, one,
                              lower.find("replica") != std::string::npos);
    });
  }

  // --- Redis

  BlockNumber redis_block() {
    if (!redis_) {
      redis_ = context_.add_block("cache", context_.take_label("redis", "cache"));
      context_.block(*redis_).set({"type"}, "\"redis\"");
    }
    return *redis_;
  }

  void map_redis_connection(const LegacyValue& connection) {
    if (std::exchange(has_redis_connection_, true))
      return context_.keep(connection, "another member says it");
    const BlockNumber block = redis_block();
    context_.map_connection(connection, "redis", block, {"connection"});
  }

  void map_redis(const LegacyObject& root) {
    const auto section = object_in(root, "Redis");
    const LegacyObject redis{section};
    const auto connection = value_in(redis, "ConnectionString", ValueKind::string);
    if (connection && !text::trimmed(connection->text()).empty()) map_redis_connection(*connection);
    if (!has_redis_connection_) return;
    const BlockNumber block = redis_block();
    if (value_in(redis, "Enabled", ValueKind::boolean))
      context_.map_boolean(redis, "Enabled", block, {"enabled"});
    if (value_in(redis, "InstanceName", ValueKind::string))
      context_.map_text(redis, "InstanceName", block, {"prefix"});
  }

  // --- Services

  void map_service(std::string_view type, const LegacyValue& section) {
    const config::ServiceType* known = config::find_service_type(type);
    const BlockNumber block = services_.block_of(type);
    section.each_member([&](const std::string& name, const LegacyValue& value) {
      const std::string setting = snake_case(name);
      const AttributeSchema* schema = known->settings.find(setting);
      if (schema == nullptr) schema = config::schema_of(config::BlockType::service).body.find(setting);
      if (schema == nullptr) return;
      const Path path = {schema->name};
      if (setting == "connection_string" && value.is(ValueKind::string)) {
        return context_.map_connection(value, type, block, path);
      }
      if (setting == "provider" && value.is(ValueKind::string)) return context_.map_provider(value, block);
      const auto expression = expression_of(*schema, value);
      if (!expression) return context_.keep(value, "the setting cannot have this value");
      // Both the old and the new section may say it: the first one counts.
      if (!settings_.emplace(std::string(type) + '.' + setting).second)
        return context_.claim(value, Outcome::merged, block, path, "another member counts");
      context_.block(block).set(path, *expression);
      context_.claim(value, Outcome::mapped, block, path);
    });
  }

  // --- Limits

  // Made by the first rule, since a block switches limits on.
  BlockNumber limit_block() {
    if (limits_) return *limits_;
    limits_ = context_.add_block("rate_limit", "");
    if (value_in(*limits_section_, "Enabled", ValueKind::boolean))
      context_.map_boolean(*limits_section_, "Enabled", *limits_, {"enabled"});
    return *limits_;
  }

  void map_rate_limits(const LegacyObject& root) {
    const auto section = object_in(root, "RateLimiting");
    if (!section) return;
    limits_section_ = LegacyObject{section};
    const LegacyObject& limits = *limits_section_;
    section->each_member([&](const std::string& name, const LegacyValue& one) {
      if (one.is(ValueKind::object)) map_policy(snake_case(name), LegacyObject{one});
    });
    const auto requests = value_in(limits, "DefaultRequestsPerMinute", ValueKind::number);
    if (requests) map_rule("default", *requests, "1m");
    const auto endpoints = object_in(limits, "EndpointLimits");
    if (endpoints)
      endpoints->each_member([&](const std::string& path, const LegacyValue& one) {
        const auto minute = value_in(LegacyObject{one}, "RequestsPerMinute", ValueKind::number);
        if (minute)
          map_rule(context_.fit_label(text::trimmed(path.substr(path.find_first_not_of('/'))), "endpoint"),
                   *minute, "1m");
      });
  }

  void map_policy(const std::string& rule, const LegacyObject& policy) {
    const auto permits = value_in(policy, "PermitLimit", ValueKind::number);
    if (!permits) return;
    const auto minutes = value_in(policy, "WindowMinutes", ValueKind::number);
    const auto seconds = value_in(policy, "WindowSeconds", ValueKind::number);
    const std::string window = minutes   ? std::string(minutes->digits()) + "m"
                               : seconds ? std::string(seconds->digits()) + "s"
                                         : "1m";
    if (!map_rule(rule, *permits, window)) return;
    const auto& said = minutes ? minutes : seconds;
    if (said) context_.claim(*said, Outcome::converted, limit_block(), {"rules", rule, "window"});
  }

  bool map_rule(const std::string& rule, const LegacyValue& requests, const std::string& window) {
    const auto count = requests.integer();
    const bool is_new = rules_.insert(rule).second;
    if (!count || *count < 1 || !is_new) {
      context_.keep(requests, is_new ? "it is no number of requests" : "another rule is called so");
      return false;
    }
    const BlockNumber block = limit_block();
    context_.block(block).set({"rules", rule, "requests"}, std::to_string(*count));
    context_.block(block).set({"rules", rule, "window"}, rendering::quoted_text(window));
    context_.claim(requests, Outcome::mapped, block, {"rules", rule, "requests"});
    return true;
  }

  // --- Several instances

  void map_availability(const LegacyObject& root) {
    const auto available = object_in(root, "HighAvailability");
    if (value_in(LegacyObject{available}, "Enabled", ValueKind::boolean))
      context_.map_boolean(LegacyObject{available}, "Enabled", honua_, {"high_availability", "enabled"});
    const auto election = object_in(root, "LeaderElection");
    if (!election) return;
    const AttributeSchema* schema =
        config::schema_of(config::BlockType::high_availability).body.find("leader_election");
    election->each_member([&](const std::string& name, const LegacyValue& value) {
      const AttributeSchema* setting = schema->nested->find(snake_case(name));
      const auto expression = setting == nullptr ? std::nullopt : expression_of(*setting, value);
      if (!expression) return;
      const Path path = {"high_availability", "leader_election", setting->name};
      context_.block(honua_).set(path, *expression);
      context_.claim(value, Outcome::mapped, honua_, path);
    });
  }

  void map_plugins(const LegacyObject& parent) {
    const auto section = object_in(parent, "plugins");
    const LegacyObject plugins{section};
    for (const std::string_view name : {"Paths", "Load", "Exclude"}) {
      const auto list = value_in(plugins, name, ValueKind::array);
      const std::string setting = text::ascii_lower(name);
      if (list && settings_.insert("plugins." + setting).second)
        map_texts(*list, honua_, {"plugins", setting}, context_);
    }
  }

  BlockNumber honua_;
  DataSources& sources_;
  Services& services_;
  Context& context_;
  std::optional<BlockNumber> redis_;
  std::optional<BlockNumber> limits_;
  std::optional<LegacyObject> limits_section_;
  std::set<std::string> settings_;  // that were written, by service
  std::set<std::string> rules_;
  bool has_hosts_ = false;
  bool has_redis_connection_ = false;
};

}  // namespace

void map_settings(const LegacyValue& root, BlockNumber honua, DataSources& sources, Services& services,
                  Context& context) {
  SettingsMapper(honua, sources, services, context).map(LegacyObject{root});
}

}  // namespace honua::migration
