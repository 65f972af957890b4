// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "connection/connection_text.h"
#include "validation/areas.h"

// Several instances of one server: leader election, and what they must share.
namespace honua::validation {

namespace {

using connection::ConnectionText;
using connection::find_provider;
using connection::is_in_memory;
using connection::parse_connection;
using connection::Provider;

constexpr Rule lease_out_of_range{"H4001", "lease-out-of-range", Severity::error, "availability",
                                  "`lease_duration_seconds` is between 5 and 300"};
constexpr Rule renewal_out_of_range{"H4002", "renewal-out-of-range", Severity::error, "availability",
                                    "`renewal_interval_seconds` is between 1 and 100"};
constexpr Rule renewal_late{"H4003", "renewal-after-lease", Severity::error, "availability",
                            "a leader renews its lease before it ends"};
constexpr Rule renewal_tight{"H4004", "renewal-over-half-lease", Severity::error, "availability",
                             "a leader renews its lease in the first half of it"};
constexpr Rule resource_name_unfit{"H4005", "resource-name-unfit", Severity::error, "availability",
                                   "`resource_name` has 1 to 100 characters"};
constexpr Rule key_prefix_blank{"H4006", "key-prefix-blank", Severity::error, "availability",
                                "`key_prefix` is not blank"};
constexpr Rule no_redis{"H4101", "availability-without-redis", Severity::error, "availability",
                        "high availability comes with a Redis cache"};
constexpr Rule memory_caches{"H4102", "instances-memory-cache", Severity::warning, "availability",
                             "several instances share a cache"};
constexpr Rule memory_limit{"H4103", "instances-memory-rate-limit", Severity::warning, "availability",
                            "several instances share the counts of the rate limit"};
constexpr Rule memory_locks{"H4104", "instances-memory-locks", Severity::warning, "availability",
                            "several instances share the locks of WFS"};
constexpr Rule sqlite_source{"H4105", "instances-sqlite", Severity::warning, "availability",
                             "several instances share a database server"};
constexpr Rule lease_unusual{"H4106", "lease-unusual", Severity::warning, "availability",
                             "a lease outlasts three renewals and is neither short nor long"};
constexpr Rule no_election{"H4108", "availability-without-election", Severity::warning, "availability",
                           "instances that write elect a leader"};
constexpr Rule pools_too_large{"H4109", "instances-pool-sum", Severity::warning, "availability",
                               "the pools of all instances stay within what the database allows"};
constexpr Rule sqlite_stac{"H4110", "instances-sqlite-stac", Severity::warning, "availability",
                           "several instances share the database of the STAC catalogue"};
constexpr Rule abort_on_failure{"H4111", "instances-abort-on-connect-fail", Severity::warning, "availability",
                                "several instances outlive a restart of Redis"};
constexpr Rule cache_not_required{"H4116", "availability-cache-not-required", Severity::warning,
                                  "availability", "high availability in production requires a cache"};

constexpr double shortest_lease = 15;
constexpr double longest_lease = 60;
constexpr std::size_t longest_resource_name = 100;

// --- Leader election

const Setting* election_of(const Check& check) {
  const Setting* election = check.high_availability("leader_election");
  return election != nullptr && election->is(SettingKind::object) ? election : nullptr;
}

bool report_out_of_range(const Setting* setting, const Rule& rule, Check& check) {
  const auto value = number_of(setting);
  if (!value || setting->schema() == nullptr) return false;
  const auto bounds = setting->schema()->bounds;
  if (*value >= bounds.least && *value <= bounds.most) return false;
  const auto text = [](double number) { return std::to_string(static_cast<int>(number)); };
  check
      .report(rule, setting->range,
              quoted(setting->name()) + " is not between " + text(bounds.least) + " and " +
                  text(bounds.most) + " seconds")
      .suggest("usual are a lease of 30 seconds and a renewal each 10");
  return true;
}

void check_lease_length(const Setting& election, double lease, double renewal, SourceRange range,
                        Check& check) {
  if (flag_of(election.find("enabled")) == false) return;
  if (lease < 3 * renewal) {
    check.report(lease_unusual, range, "the lease is shorter than three renewals: two that fail lose it")
        .suggest("renew each third of the lease");
  } else if (lease > longest_lease) {
    check
        .report(lease_unusual, range,
                "when a leader dies, more than a minute passes before another one takes over")
        .suggest("15 to 60 seconds are usual");
  } else if (check.is_production() && lease < shortest_lease) {
    check.report(lease_unusual, range, "a lease of less than 15 seconds is lost in a short pause")
        .suggest("15 to 60 seconds are usual");
  }
}

void check_lease(Check& check) {
  const Setting* election = election_of(check);
  if (election == nullptr) return;
  const Setting* lease_given = election->find("lease_duration_seconds");
  const Setting* renewal_given = election->find("renewal_interval_seconds");
  const bool lease_wrong = report_out_of_range(lease_given, lease_out_of_range, check);
  const bool renewal_wrong = report_out_of_range(renewal_given, renewal_out_of_range, check);
  const auto lease = effective_member(*election, "lease_duration_seconds");
  const auto renewal = effective_member(*election, "renewal_interval_seconds");
  if (lease_wrong || renewal_wrong || !lease || !renewal) return;
  const Setting* given = is_absent(renewal_given) ? lease_given : renewal_given;
  if (is_absent(given)) return;
  const auto text = [](double number) { return std::to_string(static_cast<int>(number)); };
  const bool secret = is_secret(lease_given) || is_secret(renewal_given);
  const std::string pair =
      secret ? "renewed at this interval, the lease "
             : "renewed each " + text(*renewal) + " seconds, a lease of " + text(*lease) + " seconds ";
  const std::string advice = secret
                                 ? "renew each third of the lease"
                                 : "renew each " + text(std::max(1.0, std::floor(*lease / 3))) + " seconds";
  if (*renewal >= *lease) {
    check.report(renewal_late, given->range, pair + "has always ended before").suggest(advice);
  } else if (*renewal > std::floor(*lease / 2)) {
    check.report(renewal_tight, given->range, pair + "is lost as soon as one renewal fails").suggest(advice);
  } else {
    check_lease_length(*election, *lease, *renewal,
                       is_absent(lease_given) ? given->range : lease_given->range, check);
  }
}

void check_names(Check& check) {
  const Setting* election = election_of(check);
  if (election == nullptr) return;
  const Setting* name = election->find("resource_name");
  const auto text = text_of(name);
  if (text && is_blank(name)) {
    check.report(resource_name_unfit, name->range, "`resource_name` is blank")
        .suggest("the default is `honua-server`");
  } else if (text && text->size() > longest_resource_name) {
    check.report(resource_name_unfit, name->range, "`resource_name` has more than 100 characters")
        .suggest("shorten it");
  }
  const Setting* prefix = election->find("key_prefix");
  if (!text_of(prefix) || !is_blank(prefix)) return;
  check.report(key_prefix_blank, prefix->range, "`key_prefix` is blank")
      .suggest("the default is `honua:leader:`");
}

// --- What instances share

const std::vector<Block>& caches_of(const Check& check) { return check.configuration().of(BlockType::cache); }

// Whether a cache says of itself whether it is on, and of which kind it is.
bool is_clear(const Block& cache) {
  const Setting* enabled = cache.find("enabled");
  const Setting* type = cache.find("type");
  return (is_absent(enabled) || enabled->is_known()) && (is_absent(type) || type->is_known());
}

bool is_redis(const Block& cache) { return is_enabled(cache) && same_word(cache_type(cache), "redis"); }

// The switch of what works through Redis, and what that is.
std::optional<std::pair<const Setting*, std::string_view>> what_needs_redis(const Check& check) {
  const Setting* enabled = check.high_availability("enabled");
  if (flag_of(enabled).value_or(false)) return std::pair(enabled, "high availability");
  if (flag_of(enabled) == false) return std::nullopt;
  const Setting* election = check.high_availability("leader_election");
  const Setting* elected = election == nullptr ? nullptr : election->find("enabled");
  if (flag_of(elected).value_or(false)) return std::pair(elected, "the election of a leader");
  return std::nullopt;
}

void check_caches(Check& check) {
  const auto& caches = caches_of(check);
  if (!std::all_of(caches.begin(), caches.end(), is_clear)) return;
  if (std::any_of(caches.begin(), caches.end(), is_redis)) return;
  if (const auto switched = what_needs_redis(check); switched && check.has_all_blocks()) {
    auto& made =
        check.report(no_redis, switched->first->range,
                     std::string(switched->second) + " is on, but there is no Redis cache that is enabled");
    // Left without a type by somebody who gave it a connection: one in memory.
    const auto untyped = std::find_if(caches.begin(), caches.end(), [](const Block& cache) {
      return is_enabled(cache) && cache_type(cache) == "memory" && is_absent(cache.find("type")) &&
             !is_absent(cache.find("connection"));
    });
    if (untyped != caches.end()) {
      made.label(untyped->label_range, "without a `type` this is a cache in memory");
      made.suggest("add `type = \"redis\"` to " + address(*untyped));
    } else {
      made.suggest("add `cache \"redis\"`: the instances elect their leader and hear of changes through it");
    }
    return;
  }
  if (!check.has_several_instances()) return;
  for (const Block& cache : caches) {
    if (!is_surely_enabled(cache) || !same_word(cache_type(cache), "memory")) continue;
    check
        .report(memory_caches, cache.label_range, "each of several instances keeps its own " + address(cache))
        .suggest("use a Redis cache");
  }
}

void check_cache_settings(const Block& cache, Check& check) {
  if (!check.has_several_instances() || !is_redis(cache)) return;
  const Setting* settings = cache.find("settings");
  const Setting* abort = settings == nullptr ? nullptr : settings->find("abort_on_connect_fail");
  if (!flag_of(abort).value_or(false)) return;
  check
      .report(abort_on_failure, abort->range,
              "instances that start while Redis does not answer never connect to it")
      .suggest("write `abort_on_connect_fail = false`");
}

void check_required(Check& check) {
  const Setting* enabled = check.high_availability("enabled");
  if (!flag_of(enabled).value_or(false) || !check.is_production()) return;
  const auto& caches = caches_of(check);
  // Without a Redis cache there is another finding.
  if (std::none_of(caches.begin(), caches.end(), is_redis) || check.is_environment_secret()) return;
  for (const Block& cache : caches) {
    const Setting* required = cache.find("required_in");
    if (is_absent(required)) continue;
    if (!required->is_known()) return;
    for (const Setting& one : required->items()) {
      const auto name = text_of(&one);
      if (!name || same_word(*name, check.environment())) return;
    }
  }
  const auto redis = std::find_if(caches.begin(), caches.end(), is_redis);
  check
      .report(cache_not_required, redis->label_range,
              "no cache is required in " + quoted(check.environment()) + ", where several instances serve")
      .label(enabled->range, "high availability is on")
      .suggest("add `required_in = [\"" + std::string(check.environment()) + "\"]`");
}

void check_rate_limit(const Block& limit, Check& check) {
  if (!check.has_several_instances() || !is_surely_enabled(limit)) return;
  const Setting* store = limit.find("store");
  const auto text = is_absent(store) ? std::optional<std::string_view>("memory") : text_of(store);
  if (!text || !same_word(*text, "memory")) return;
  check
      .report(memory_limit, is_absent(store) ? limit.label_range : store->range,
              "each of several instances counts requests on its own: clients may make a multiple of them")
      .suggest("write `store = \"redis\"`");
}

void check_locks(const Block& service, Check& check) {
  if (!check.has_several_instances() || service_type(service) != "wfs" || !is_surely_enabled(service)) return;
  const Setting* writes = write_switch(service);
  if (writes == nullptr) return;
  const Setting* manager = service.find("lock_manager");
  if (!is_absent(manager)) {
    const auto text = text_of(manager);
    if (!text || same_word(*text, "redis")) return;
  }
  check
      .report(memory_locks, is_absent(manager) ? service.label_range : manager->range,
              "each of several instances keeps its own locks: two clients may lock the same feature")
      .label(writes->range, "clients may write")
      .suggest("write `lock_manager = \"redis\"`");
}

void check_stac(const Block& service, Check& check) {
  if (!check.has_several_instances() || service_type(service) != "stac" || !is_surely_enabled(service))
    return;
  const Setting* name = service.find("provider");
  const auto text = text_of(name);
  const Provider* provider = text ? find_provider(*text) : nullptr;
  if (provider == nullptr || provider->canonical != "sqlite") return;
  check.report(sqlite_stac, name->range, "each of several instances has its own file with the STAC catalogue")
      .suggest("keep the catalogue in PostgreSQL");
}

void check_sqlite(const Block& source, Check& check) {
  if (!check.has_several_instances() || is_read_only(source)) return;
  const Setting* name = source.find("provider");
  const auto text = text_of(name);
  const Provider* provider = text ? find_provider(*text) : nullptr;
  if (provider == nullptr || provider->canonical != "sqlite") return;
  const auto connection = text_of(source.find("connection"));
  if (connection && is_in_memory(parse_connection(*connection))) return;
  check
      .report(sqlite_source, name->range,
              "several instances serve, but an SQLite file cannot be shared between machines")
      .suggest("use PostgreSQL");
}

void check_election(Check& check) {
  const Setting* enabled = check.high_availability("enabled");
  if (!flag_of(enabled).value_or(false)) return;
  const Setting* election = check.high_availability("leader_election");
  if (!is_absent(election)) {
    const Setting* election_enabled = election->find("enabled");
    if (!election->is(SettingKind::object) || is_absent(election_enabled)) return;
    if (flag_of(election_enabled).value_or(true)) return;
  }
  for (const Block& service : check.configuration().of(BlockType::service)) {
    const Setting* writes = is_surely_enabled(service) ? write_switch(service) : nullptr;
    if (writes == nullptr) continue;
    check.report(no_election, enabled->range, "high availability is on without the election of a leader")
        .label(writes->range, "clients may write")
        .suggest("add `leader_election { enabled = true }`");
    return;
  }
}

// --- Connections

struct PoolSum {
  const Provider* provider = nullptr;
  bool is_one_server = false;  // surely: where the hosts are not known, several data sources may have several
  double size = 0;
  double largest = 0;
  SourceRange range;
  bool is_secret = false;  // a part of it comes from the environment
};

// How many instances the configuration says there are.
const Setting* instances_hint(const Check& check) {
  const Block* honua = check.configuration().single(BlockType::honua);
  return honua == nullptr ? nullptr : honua->find("instances");
}

// How many instances there are at least.
double instances_of(const Check& check) {
  const double hint = number_of(instances_hint(check)).value_or(1);
  const double said = check.options().instances ? static_cast<double>(*check.options().instances) : hint;
  return check.has_several_instances() ? std::max(said, 2.0) : 1;
}

// The most connections that a data source keeps open; nothing if that is not known.
std::optional<double> pool_size_of(const Block& source, const Setting* size) {
  const Setting* pool = source.find("pool");
  if ((pool != nullptr && !pool->is_known()) || (size != nullptr && !size->is_known())) return std::nullopt;
  if (!is_absent(size)) return number_of(size);
  return default_number(*source.schema->body.find("pool")->nested->find("max_size"));
}

void add_pool(const Block& source, const Provider& provider, std::map<std::string, PoolSum>& pools) {
  const Setting* pool = source.find("pool");
  const Setting* size = pool == nullptr ? nullptr : pool->find("max_size");
  const auto most = pool_size_of(source, size);
  const auto text = text_of(source.find("connection"));
  const ConnectionText connection = text ? parse_connection(*text) : ConnectionText();
  // The driver's own limit is another one, whichever is lower.
  if (!most || connection.find("maximum pool size") != nullptr) return;
  const auto& hosts = connection.hosts;
  PoolSum& sum = pools[std::string(provider.canonical) + " " + (hosts.empty() ? "" : hosts.front())];
  sum.is_one_server = sum.provider == nullptr || !hosts.empty();
  sum.provider = &provider;
  sum.size += *most;
  sum.is_secret = sum.is_secret || is_secret(size);
  if (*most < sum.largest) return;
  sum.largest = *most;
  sum.range = is_absent(size) ? source.label_range : size->range;
}

// Data sources of one server share what it allows. Replicas are servers of their own.
std::map<std::string, PoolSum> pools_of(const Configuration& configuration) {
  std::map<std::string, PoolSum> pools;
  for (const Block& source : configuration.of(BlockType::data_source)) {
    const auto name = text_of(source.find("provider"));
    const Provider* provider = name ? find_provider(*name) : nullptr;
    if (provider != nullptr && !provider->is_embedded() && !is_read_only(source))
      add_pool(source, *provider, pools);
  }
  return pools;
}

// How many connections a database allows unless it was told otherwise. Source: PostgreSQL's and MySQL's
// `max_connections`, SQL Server's `user connections`. Nothing for others.
std::optional<std::uint32_t> default_connections(std::string_view provider) {
  if (provider == "postgresql") return 100;
  if (provider == "mysql") return 151;
  if (provider == "sqlserver") return 32767;
  return std::nullopt;
}

void report_pools(const PoolSum& sum, double instances, bool is_secret, std::uint32_t limit, Check& check) {
  const auto text = [](double number) {
    const std::string more = number > config::int32_most ? "more than " : "";
    return more + std::to_string(static_cast<long long>(std::min(number, config::int32_most)));
  };
  std::string pools = "the pools make " + text(sum.size) + " connections, more than";
  if (instances > 1) {
    pools = text(instances) + " instances with pools of " + text(sum.size) + " connections make " +
            text(sum.size * instances) + ", more than";
  }
  if (is_secret)
    pools = std::string(instances > 1 ? "the pools of all instances" : "the pools") +
            " make more connections than";
  const bool is_said = check.options().database_connections.has_value();
  check
      .report(pools_too_large, sum.range,
              pools + (is_said ? " the database allows: " : " the database allows by default: ") +
                  std::to_string(limit))
      .suggest(is_said ? "lower `max_size`, or let the database allow more"
                       : "lower `max_size`, or say with `--db-max-connections` how many the database allows");
}

void check_pools(Check& check) {
  const double instances = instances_of(check);
  const bool secret_instances = !check.options().instances && is_secret(instances_hint(check));
  for (const auto& [server, sum] : pools_of(check.configuration())) {
    const auto limit = check.options().database_connections ? check.options().database_connections
                                                            : default_connections(sum.provider->canonical);
    if (!limit || sum.size * instances <= *limit) continue;
    if (!check.has_several_instances() && !sum.is_one_server) continue;
    report_pools(sum, instances, sum.is_secret || secret_instances, *limit, check);
  }
}

constexpr std::array units = {
    once(&check_lease),
    once(&check_names),
    once(&check_caches),
    once(&check_required),
    once(&check_election),
    once(&check_pools),
    each(BlockType::cache, &check_cache_settings),
    each(BlockType::rate_limit, &check_rate_limit),
    each(BlockType::service, &check_locks),
    each(BlockType::service, &check_stac),
    each(BlockType::data_source, &check_sqlite),
};

constexpr std::array rules = {
    RuleInfo{&lease_out_of_range, "The server refuses to start with such a lease.",
             "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds = 600\n    "
             "}\n  }\n}\n",
             "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds = 30\n    "
             "}\n  }\n}\n"},
    RuleInfo{&renewal_out_of_range, "The server refuses to start with such an interval.",
             "honua {\n  high_availability {\n    leader_election {\n      renewal_interval_seconds = 0\n    "
             "}\n  }\n}\n",
             "honua {\n  high_availability {\n    leader_election {\n      renewal_interval_seconds = 10\n   "
             " }\n  }\n}\n"},
    RuleInfo{
        &renewal_late, "The lease ends before it is renewed, and leaders change all the time.",
        "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds   = 20\n      "
        "renewal_interval_seconds = 20\n    }\n  }\n}\n",
        "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds   = 30\n      "
        "renewal_interval_seconds = 10\n    }\n  }\n}\n"},
    RuleInfo{
        &renewal_tight, "One renewal that fails or is late costs the lease. The server refuses such a pair.",
        "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds   = 30\n      "
        "renewal_interval_seconds = 20\n    }\n  }\n}\n",
        "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds   = 30\n      "
        "renewal_interval_seconds = 10\n    }\n  }\n}\n"},
    RuleInfo{
        &resource_name_unfit, "The instances compete for this name. The server refuses to start without one.",
        "honua {\n  high_availability {\n    leader_election {\n      resource_name = \"\"\n    }\n  }\n}\n",
        "honua {\n  high_availability {\n    leader_election {\n      resource_name = \"city-maps\"\n    }\n "
        " }\n}\n"},
    RuleInfo{
        &key_prefix_blank, "Without a prefix the key may be one that somebody else uses in the same Redis.",
        "honua {\n  high_availability {\n    leader_election {\n      key_prefix = \"\"\n    }\n  }\n}\n",
        "honua {\n  high_availability {\n    leader_election {\n      key_prefix = \"city:leader:\"\n    }\n "
        " }\n}\n"},
    RuleInfo{&no_redis,
             "Instances elect their leader and hear of changes through Redis. Without it each is alone.",
             "honua {\n  high_availability {\n    enabled = true\n  }\n}\n",
             "honua {\n  high_availability {\n    enabled = true\n  }\n}\ncache \"redis\" {\n  type       = "
             "\"redis\"\n  "
             "connection = env(\"REDIS_URL\")\n}\n"},
    RuleInfo{&memory_caches,
             "What one instance has cached, the others do not know, and they keep what is outdated.",
             "honua {\n  instances = 2\n}\ncache \"memory\" {\n  type = \"memory\"\n}\n",
             "honua {\n  instances = 2\n}\ncache \"redis\" {\n  type       = \"redis\"\n  connection = "
             "env(\"REDIS_URL\")\n}\n"},
    RuleInfo{&memory_limit,
             "A limit that each instance counts on its own grows with the number of instances.",
             "honua {\n  instances = 2\n}\nrate_limit {\n  store = \"memory\"\n  rules {\n    default {\n    "
             "  requests = "
             "1000\n      window   = \"1m\"\n    }\n  }\n}\n",
             "honua {\n  instances = 2\n}\ncache \"redis\" {\n  type       = \"redis\"\n  connection = "
             "env(\"REDIS_URL\")\n}\nrate_limit {\n  store = \"redis\"\n  rules {\n    default {\n      "
             "requests = "
             "1000\n      window   = \"1m\"\n    }\n  }\n}\n"},
    RuleInfo{&memory_locks, "A lock that other instances don't know of keeps nobody from writing.",
             "honua {\n  instances = 2\n}\nservice \"wfs\" {\n  enable_transactions = true\n}\nlayer "
             "\"roads\" {\n  title  "
             "     = \"Roads\"\n  data_source = data_source.db\n  table       = \"public.roads\"\n  id_field "
             "   = \"id\"\n"
             "  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n  "
             "services = "
             "[service.wfs]\n}\n",
             "honua {\n  instances = 2\n}\nservice \"wfs\" {\n  enable_transactions = true\n  lock_manager   "
             "     = "
             "\"redis\"\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n  "
             "table       = "
             "\"public.roads\"\n  id_field    = \"id\"\n  geometry {\n    column = \"geom\"\n    type   = "
             "\"LineString\"\n  "
             "  srid   = 4326\n  }\n  services = [service.wfs]\n}\n"},
    RuleInfo{
        &sqlite_source,
        "Over a network file system SQLite's locks do not hold; copies of a file drift apart.",
        "honua {\n  instances = 2\n}\ndata_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data "
        "Source=/data/city.db\"\n}\n",
        "honua {\n  instances = 2\n}\ndata_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{&lease_unusual,
             "A short lease is lost by chance. A long one leaves the instances without a leader.",
             "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds = 120\n    "
             "}\n  }\n}\n",
             "honua {\n  high_availability {\n    leader_election {\n      lease_duration_seconds = 30\n    "
             "}\n  }\n}\n"},
    RuleInfo{&no_election,
             "Work in the background, such as cleaning up after writers, is done by all or by none.",
             "honua {\n  high_availability {\n    enabled = true\n  }\n}\ncache \"redis\" {\n  type       = "
             "\"redis\"\n  "
             "connection = env(\"REDIS_URL\")\n}\nservice \"odata\" {\n  allow_writes = true\n}\nlayer "
             "\"roads\" {\n  "
             "title       = \"Roads\"\n  data_source = data_source.db\n  table       = \"public.roads\"\n  "
             "id_field    = "
             "\"id\"\n  services    = [service.odata]\n}\n",
             "honua {\n  high_availability {\n    enabled = true\n    leader_election {\n      enabled = "
             "true\n    }\n  "
             "}\n}\ncache \"redis\" {\n  type       = \"redis\"\n  connection = "
             "env(\"REDIS_URL\")\n}\nservice \"odata\" "
             "{\n  allow_writes = true\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  data_source = "
             "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
             "[service.odata]\n}\n"},
    RuleInfo{
        &pools_too_large, "The last instances to start get no connection, and their requests fail.",
        "honua {\n  instances = 4\n}\ndata_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "env(\"DATABASE_URL\")\n  pool {\n    max_size = 50\n  }\n}\n",
        "honua {\n  instances = 4\n}\ndata_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "env(\"DATABASE_URL\")\n  pool {\n    max_size = 20\n  }\n}\n"},
    RuleInfo{
        &sqlite_stac, "What one instance writes into its catalogue, clients of the others never see.",
        "honua {\n  instances = 2\n}\nservice \"stac\" {\n  provider          = \"sqlite\"\n  "
        "connection_string = "
        "\"Data Source=/data/stac.db\"\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  data_source = "
        "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
        "[service.stac]\n}\n",
        "honua {\n  instances = 2\n}\nservice \"stac\" {\n  provider          = \"postgresql\"\n  "
        "connection_string "
        "= env(\"STAC_URL\")\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  data_source = "
        "data_source.db\n  "
        "table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = [service.stac]\n}\n"},
    RuleInfo{&abort_on_failure,
             "A short outage of Redis at the wrong time costs an instance until it is restarted.",
             "honua {\n  instances = 2\n}\ncache \"redis\" {\n  type       = \"redis\"\n  connection = "
             "env(\"REDIS_URL\")\n  settings = {\n    abort_on_connect_fail = true\n  }\n}\n",
             "honua {\n  instances = 2\n}\ncache \"redis\" {\n  type       = \"redis\"\n  connection = "
             "env(\"REDIS_URL\")\n  settings = {\n    abort_on_connect_fail = false\n  }\n}\n"},
    RuleInfo{
        &cache_not_required, "An instance may start without the cache that it shares with the others.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n  "
        "high_availability {\n    enabled = true\n  }\n}\ncache \"redis\" {\n  type       = \"redis\"\n  "
        "connection = "
        "env(\"REDIS_URL\")\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n  "
        "high_availability {\n    enabled = true\n  }\n}\ncache \"redis\" {\n  type        = \"redis\"\n  "
        "connection  = "
        "env(\"REDIS_URL\")\n  required_in = [\"production\"]\n}\n"},
};

}  // namespace

const Area availability_area{units, rules};

}  // namespace honua::validation
