// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/environment.h"
#include "base/memory_file_system.h"
#include "config/schema.h"
#include "connection/connection_text.h"
#include "connection/database_connection.h"
#include "migration/legacy_names.h"
#include "migration/mappers.h"
#include "migration/setting_value.h"
#include "rendering/quoted_text.h"
#include "text/unicode.h"
#include "text/words.h"

namespace honua::migration {

namespace {

using config::AttributeSchema;

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
  const std::string compact = connection::compact(section);
  const auto found = std::ranges::find(names, compact, &Name::section);
  if (found != names.end()) return found->type;
  const config::ServiceType* type = config::find_service_type(compact);
  return type == nullptr ? std::string_view() : type->id;
}

// The kind of database that a connection string is for: by the name that it has in the settings, or by its
// form.
std::string provider_of(std::string_view name, const std::string& connection) {
  if (std::string named = provider_among(name); !named.empty()) return named;
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

// What a connection string's name becomes. Variables are written in capitals, which are no part of a name.
std::string source_name(std::string_view name) {
  const bool has_lower_case = std::ranges::any_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
  return has_lower_case ? std::string(name) : text::ascii_lower(name);
}

std::optional<LegacyValue> section_of(const LegacyObject& parent, std::string_view name, Context& context) {
  return context.find(parent, name, ValueKind::object);
}

}  // namespace

void SettingsMapper::add_document(const LegacyValue& root) {
  for (LegacyObject members{root}; !members.is_empty();) {
    LegacyObject shadowed = members.take_shadowed();
    roots_.push_back(std::move(members));
    members = std::move(shadowed);
  }
}

// --- Connections

void SettingsMapper::map_connections() {
  for (const LegacyObject& root : roots_) {
    map_connections_in(root);
    const LegacyObject honua{section_of(root, "honua", context_)};
    map_connections_in(honua);
    map_redis(root);
    map_cache(honua);
    // Many hosts give the one database so.
    const auto url = context_.find_text(root, "DATABASE_URL");
    if (url && !url->is_blank()) map_connection("DATABASE_URL", *url);
  }
  sources_.call_default();
  for (const LegacyObject& root : roots_) map_replicas(root);
}

void SettingsMapper::map_connections_in(const LegacyObject& parent) {
  const auto strings = section_of(parent, "ConnectionStrings", context_);
  if (!strings) return;
  strings->each_member([&](const std::string& name, const LegacyValue& one) {
    if (!one.is(ValueKind::string) || name.starts_with('_')) return;
    if (one.is_blank()) return context_.claim_default(one, "it is empty");
    map_connection(name, one);
  });
}

void SettingsMapper::map_connection(std::string_view name, const LegacyValue& connection) {
  const std::string lower = text::ascii_lower(name);
  if (lower == "redis") return context_.map_connection(connection, "redis", redis_block(), {"connection"});
  const std::string provider = provider_of(name, connection.text());
  if (provider.empty() || lower.starts_with("redis"))
    return context_.keep(connection, "it does not say which database it is for");
  const bool is_default = lower == "defaultconnection" || lower == "default";
  const bool is_url = name == "DATABASE_URL";
  const std::string label = is_default || is_url ? "primary" : source_name(name);
  const std::string known_name = is_default ? "DefaultConnection" : is_url ? std::string(name) : label;
  sources_.add_connection(known_name, label, provider, connection,
                          lower.find("replica") != std::string::npos);
}

BlockNumber SettingsMapper::redis_block() {
  if (!redis_) {
    redis_ = context_.add_block("cache", context_.take_label("redis", "cache"));
    context_.block(*redis_).assume({"type"}, "\"redis\"");
  }
  return *redis_;
}

void SettingsMapper::map_redis(const LegacyObject& root) {
  const LegacyObject redis{section_of(root, "Redis", context_)};
  const auto connection = context_.find_text(redis, "ConnectionString");
  if (connection && !connection->is_blank())
    context_.map_connection(*connection, "redis", redis_block(), {"connection"});
}

void SettingsMapper::map_cache(const LegacyObject& honua) {
  const LegacyObject cache{section_of(honua, "cache", context_)};
  const LegacyObject redis{section_of(cache, "redis", context_)};
  const auto connection = context_.find_text(redis, "connectionString");
  if (connection && !connection->is_blank())
    context_.map_connection(*connection, "redis", redis_block(), {"connection"});
  const auto provider = context_.find_text(cache, "provider");
  if (!provider || !redis_) return;
  if (is_same_name(provider->text(), "redis"))
    context_.offer(*provider, *redis_, {"type"}, "\"redis\"",
                   provider->text() == "redis" ? Outcome::mapped : Outcome::converted);
  else
    context_.keep(*provider, "there is a connection to Redis, which is another one");
}

// How far replicas may lag behind. Those that say it themselves keep to that.
void SettingsMapper::map_replicas(const LegacyObject& root) {
  const LegacyObject replica{section_of(root, "ReadReplica", context_)};
  const auto lag = context_.find(replica, "MaxReplicationLagSeconds", ValueKind::number);
  if (!lag || !lag->count()) return;
  const Path path = {"max_replication_lag"};
  std::optional<BlockNumber> replicas;
  std::optional<BlockNumber> taken;
  for (BlockNumber number = 0; number < context_.blocks().size(); ++number) {
    TargetBlock& one = context_.block(number);
    if (one.type != "data_source" || !one.says("read_only", "true")) continue;
    if (!replicas) replicas = number;
    if (one.has(path)) continue;
    one.set(path, std::to_string(*lag->count()));
    if (!taken) taken = number;
  }
  if (taken)
    context_.claim(*lag, Outcome::converted, *taken, path, "each replica says it");
  else if (replicas)
    context_.claim(*lag, Outcome::merged, *replicas, path, "replicas say it themselves");
}

// --- The server

void SettingsMapper::map() {
  for (const LegacyObject& one : roots_) {
    map_environment(one);
    map_logging(one);
    map_hosts(one);
  }
  map_cross_origin();
  for (const LegacyObject& one : roots_) map_document(one);
  map_attachments(roots_, context_);
  map_rate_limits(roots_, context_);
}

// The environment has much that is none of the server's.
void SettingsMapper::leave_out_others(const LegacyObject& root) {
  root.each([&](std::string_view name, const LegacyValue& one) {
    const bool is_variable = context_.document_of(one).kind == DocumentKind::environment;
    if (!is_variable || is_section_of_server(name)) return;
    if (context_.takes_variable(name))
      context_.account().claim_all(one, Outcome::converted, {}, "the configuration takes it from here");
    else
      context_.account().claim_all(one, Outcome::defaulted, {}, "it is no setting of the server");
  });
}

// Where the old server found its metadata, which is the configuration now.
void SettingsMapper::leave_out_paths(const LegacyObject& root) {
  const LegacyObject honua{section_of(root, "honua", context_)};
  for (const std::string_view name : {"metadata", "workspacePath"}) {
    if (const auto value = honua.find(name))
      context_.account().claim_all(*value, Outcome::defaulted, {}, "the server reads the configuration now");
  }
  if (const auto path = root.find("HONUA_CONFIG_PATH"))
    context_.claim_default(*path, "it has to name the configuration that is written");
}

void SettingsMapper::map_document(const LegacyObject& root) {
  const LegacyObject honua{section_of(root, "honua", context_)};
  map_availability(root);
  map_plugins(root);
  map_plugins(honua);
  if (redis_) {
    const LegacyObject redis{section_of(root, "Redis", context_)};
    context_.map_boolean(redis, "Enabled", *redis_, {"enabled"});
    context_.map_text(redis, "InstanceName", *redis_, {"prefix"});
  }
  map_services(root);
  leave_out_others(root);
  leave_out_paths(root);
}

void SettingsMapper::map_logging(const LegacyObject& root) {
  const LegacyObject logging{section_of(root, "Logging", context_)};
  const LegacyObject levels{section_of(logging, "LogLevel", context_)};
  const auto level = context_.find_text(levels, "Default");
  if (!level) return;
  constexpr auto known =
      std::to_array<std::string_view>({"trace", "debug", "information", "warning", "error", "critical"});
  std::string lower = text::ascii_lower(level->text());
  const bool is_none = lower == "none";
  if (is_none) lower = "critical";
  if (std::ranges::find(known, lower) == known.end())
    return context_.keep(*level, "it is no level that the server has");
  context_.offer(*level, honua_, {"log_level"}, rendering::quoted_text(lower),
                 lower == level->text() ? Outcome::mapped : Outcome::converted,
                 is_none ? "the fewest messages" : "");
}

// A text separated by `;`, or a list; at the root, and in the server's own section.
void SettingsMapper::map_hosts(const LegacyObject& root) {
  const LegacyObject honua{section_of(root, "honua", context_)};
  const LegacyObject server{section_of(honua, "server", context_)};
  for (const LegacyObject* one : {&server, &root}) {
    if (const auto list = context_.find(*one, "allowedHosts", ValueKind::array))
      map_allowed_hosts(*list, honua_, context_);
    else if (const auto text = context_.find_text(*one, "allowedHosts"))
      map_host_text(*text);
  }
}

void SettingsMapper::map_host_text(const LegacyValue& hosts) {
  const Path path = {"allowed_hosts"};
  if (Context::holds_secret(hosts.text())) return context_.keep(hosts, "a part of it is a secret");
  std::vector<std::string> quoted;
  bool is_any = false;
  const std::string all = hosts.text();
  for (std::size_t at = 0; at <= all.size();) {
    const std::size_t end = std::min(all.find(';', at), all.size());
    const std::string_view one = text::trimmed(std::string_view(all).substr(at, end - at));
    is_any = is_any || one == "*";
    if (!one.empty()) quoted.push_back(rendering::quoted_text(one));
    at = end + 1;
  }
  const auto say_nothing = [&](std::string_view why) {
    if (!context_.is_outweighed(hosts, honua_, path, "")) context_.claim_default(hosts, why);
  };
  // What answers to any host does not contradict a list elsewhere: both were asked.
  if (is_any && context_.block(honua_).find(path) != nullptr)
    return context_.claim(hosts, Outcome::merged, honua_, path, "another one names hosts");
  if (is_any) return say_nothing("without a list the server answers to any host");
  if (quoted.empty()) return context_.claim_default(hosts, "it names no host");
  context_.offer(hosts, honua_, path, list_of(quoted), Outcome::converted, "it is a list now");
}

void SettingsMapper::map_environment(const LegacyObject& root) {
  const LegacyObject honua{section_of(root, "honua", context_)};
  const auto offer = [&](const LegacyObject& object, std::string_view name) {
    const auto value = context_.find_text(object, name);
    if (value && !value->is_blank())
      context_.map_environment(*value, honua_, text::ascii_lower(text::trimmed(value->text())));
  };
  offer(root, "ASPNETCORE_ENVIRONMENT");
  offer(root, "DOTNET_ENVIRONMENT");
  offer(honua, "environment");
}

// Cross-origin requests: a switch in one document counts for those that count less.
void SettingsMapper::map_cross_origin() {
  const Path path = {"cors"};
  bool is_switched = false;
  bool is_off = false;
  for (const LegacyObject& root : roots_) {
    const LegacyObject honua{section_of(root, "honua", context_)};
    const LegacyObject server{section_of(honua, "server", context_)};
    auto section = section_of(server, "cors", context_);
    if (!section) section = section_of(honua, "cors", context_);
    if (!section || context_.is_outweighed_by_metadata(*section, honua_, path)) continue;
    const auto enabled = context_.find(LegacyObject{section}, "enabled", ValueKind::boolean);
    if (is_off) {
      context_.account().claim_all(*section, Outcome::merged, {}, "it is switched off elsewhere");
      continue;
    }
    if (enabled && is_switched)
      context_.claim(*enabled, Outcome::merged, honua_, path, "another one counts more");
    map_cors(*section, is_switched, honua_, context_);
    is_off = enabled && !is_switched && !*enabled->truth();
    is_switched = is_switched || enabled;
  }
}

// --- Several instances

void SettingsMapper::map_availability(const LegacyObject& root) {
  const LegacyObject available{section_of(root, "HighAvailability", context_)};
  context_.map_boolean(available, "Enabled", honua_, {"high_availability", "enabled"});
  const auto election = section_of(root, "LeaderElection", context_);
  if (!election) return;
  const AttributeSchema* schema =
      config::schema_of(config::BlockType::high_availability).body.find("leader_election");
  election->each_member([&](const std::string& name, const LegacyValue& value) {
    const AttributeSchema* setting = find_setting(*schema->nested, name);
    if (setting != nullptr)
      offer_setting(value, *setting, honua_, {"high_availability", "leader_election", setting->name},
                    context_);
  });
}

void SettingsMapper::map_plugins(const LegacyObject& parent) {
  const LegacyObject plugins{section_of(parent, "plugins", context_)};
  for (const std::string_view name : {"Paths", "Load", "Exclude"}) {
    const auto list = context_.find(plugins, name, ValueKind::array);
    if (list) map_texts(*list, honua_, {"plugins", text::ascii_lower(name)}, context_);
  }
}

// --- Services

Services::Switches SettingsMapper::switches() const {
  std::map<std::string_view, std::optional<bool>> said;
  const auto add = [&](std::string_view type, const LegacyValue& section) {
    if (type.empty() || !section.is(ValueKind::object)) return;
    const auto enabled = LegacyObject{section}.find("enabled");
    std::optional<bool>& word = said[type];
    if (!word && enabled) word = enabled->truth();
  };
  for (const LegacyObject& root : roots_) {
    const LegacyObject honua{root.find("honua")};
    if (const auto odata = honua.find("odata")) add("odata", *odata);
    for (const LegacyObject* parent : {&honua, &root}) {
      const auto services = parent->find("services");
      if (services && services->is(ValueKind::object))
        services->each_member(
            [&](const std::string& name, const LegacyValue& one) { add(service_of(name), one); });
    }
  }
  Services::Switches switches;
  // Old servers had a service on unless they were told otherwise.
  for (const auto& [type, word] : said) switches.emplace(type, word.value_or(true));
  return switches;
}

void SettingsMapper::map_services(const LegacyObject& root) {
  const auto section = section_of(root, "honua", context_);
  const LegacyObject honua{section};
  if (const auto odata = section_of(honua, "odata", context_)) map_service("odata", *odata, true);
  map_services_in(section_of(honua, "services", context_));
  map_services_in(section_of(root, "services", context_));
  // Options of a service by its name: old servers had it on unless they were told otherwise.
  const auto map_options = [&](const std::string& name, const LegacyValue& one) {
    const std::string_view type = service_of(name);
    if (!type.empty() && type != "odata" && one.is(ValueKind::object)) map_service(type, one, false);
  };
  if (section) section->each_member(map_options);
  for (const std::string_view name : {"Wms", "OgcApi"}) {
    if (const auto options = section_of(root, name, context_)) map_options(std::string(name), *options);
  }
}

void SettingsMapper::map_services_in(const std::optional<LegacyValue>& section) {
  if (!section) return;
  section->each_member([&](const std::string& name, const LegacyValue& one) {
    const std::string_view type = service_of(name);
    if (!type.empty() && one.is(ValueKind::object)) map_service(type, one, true);
  });
}

// `is_made`: an empty section is a service as well.
void SettingsMapper::map_service(std::string_view type, const LegacyValue& section, bool is_made) {
  // What says nothing that the service takes does not make one.
  if (is_made && section.is_empty()) (void)services_.block_of(type);
  section.each_member(
      [&](const std::string& name, const LegacyValue& value) { map_service_setting(type, name, value); });
}

void SettingsMapper::map_service_setting(std::string_view type, std::string_view name,
                                         const LegacyValue& value) {
  struct OldName {
    std::string_view type;
    std::string_view old_name;
    std::string_view name;
  };
  static constexpr auto old_names = std::to_array<OldName>(
      {{"ogc_api", "maxitemlimit", "item_limit"}, {"stac", "filepath", "connection_string"}});
  const std::string compact = connection::compact(name);
  const auto old = std::ranges::find_if(
      old_names, [&](const OldName& one) { return one.type == type && one.old_name == compact; });
  const std::string_view wanted = old == old_names.end() ? name : old->name;
  const AttributeSchema* schema = find_setting(config::find_service_type(type)->settings, wanted);
  if (schema == nullptr) schema = find_setting(config::schema_of(config::BlockType::service).body, wanted);
  if (schema == nullptr) return;
  const bool is_text = value.is(ValueKind::string);
  if (!is_text && !expression_of(*schema, value))
    return context_.keep(value, "the setting cannot have this value");
  if (is_text && schema->type != config::ValueType::string && !expression_of(*schema, value))
    return context_.keep(value, "the setting cannot have this value");
  const BlockNumber block = services_.block_of(type);
  const Path path = {schema->name};
  if (compact == "filepath" && is_text && Context::holds_secret(value.text()))
    return context_.keep(value, "a part of it is a secret, which a path has none of");
  if (compact == "filepath" && is_text)
    return context_.offer(value, block, path, rendering::quoted_text("Data Source=" + value.text()),
                          Outcome::converted);
  if (schema->name == "connection_string" && is_text)
    return context_.map_connection(value, type, block, path);
  if (schema->name == "provider" && is_text) return context_.map_provider(value, block);
  offer_setting(value, *schema, block, path, context_);
  // The one that the documentation has, and the one that the server reads.
  const std::string* limit = context_.block(block).find({"item_limit"});
  if (schema->name == "item_limit" && limit != nullptr && !context_.block(block).has({"max_page_size"}))
    context_.block(block).set({"max_page_size"}, std::string(*limit));
}

}  // namespace honua::migration
