// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "validation/areas.h"

// `cache`
namespace honua::validation {

namespace {

using Text = std::string_view;

constexpr Rule label_blank{"H1050", "cache-label-blank", Severity::error, "cache",
                           "a cache's label is not blank"};
constexpr Rule type_blank{"H1051", "cache-type-blank", Severity::error, "cache",
                          "a cache's type is not blank"};
constexpr Rule type_unknown{"H1052", "cache-type-unknown", Severity::warning, "cache",
                            "a cache's type is one that the server knows"};
constexpr Rule connection_blank{"H1053", "redis-connection-blank", Severity::error, "cache",
                                "a Redis cache has a connection"};
constexpr Rule connection_malformed{"H1170", "redis-connection-malformed", Severity::error, "cache",
                                    "a Redis connection names hosts with ports, or is a URL of Redis"};
constexpr Rule type_missing{"H1171", "cache-type-missing", Severity::warning, "cache",
                            "a cache that is called Redis says so in its type"};
constexpr Rule prefix_shared{"H1172", "redis-prefix-shared", Severity::warning, "cache",
                             "enabled Redis caches have prefixes of their own"};
constexpr Rule negative{"H1173", "cache-duration-range", Severity::error, "cache",
                        "durations of caches are not negative"};
constexpr Rule environment_unknown{"H1174", "required-in-unknown", Severity::warning, "cache",
                                   "`required_in` names environments"};
constexpr Rule connection_unused{"H1175", "memory-cache-connection", Severity::warning, "cache",
                                 "a cache in memory has no connection"};
constexpr Rule required_disabled{"H2008", "required-cache-disabled", Severity::error, "cache",
                                 "a cache that this environment requires is enabled"};
constexpr Rule only_memory{"H2012", "production-memory-cache", Severity::warning, "cache",
                           "in production some cache outlives the server's process"};

// --- Labels and types

void check_label(const Block& cache, Check& check) {
  if (!is_blank_text(cache.label)) return;
  check.report(label_blank, cache.label_range, "this cache's label is blank")
      .suggest("name it, for instance `redis`");
}

void check_type(const Block& cache, Check& check) {
  const Setting* type = cache.find("type");
  if (is_blank(type)) {
    check.report(type_blank, type->range, "the type of " + address(cache) + " is blank")
        .suggest("write `redis` or `memory`");
    return;
  }
  const auto text = text_of(type);
  if (!text) return;
  const auto values = type->schema()->values;
  if (is_one_of(*text, values)) return;
  auto& made = check.report(
      type_unknown, type->range,
      "the server knows no " + (type->sensitive ? "cache of this type" : "cache type " + quoted(*text)));
  if (type->sensitive) {
    made.suggest("there are: " + list_of({values.begin(), values.end()}));
  } else {
    suggest_from(made, *text, {values.begin(), values.end()});
  }
}

// A label that speaks of Redis, or names another type that is not the default.
void check_type_given(const Block& cache, Check& check) {
  if (!is_absent(cache.find("type"))) return;
  const bool cdn = same_word(cache.label, "cdn");
  if (!cdn && lower(cache.label).find("redis") == std::string::npos) return;
  check
      .report(type_missing, cache.label_range,
              address(cache) +
                  (same_word(cache.label, cache_type(cache))
                       ? " has no `type`: the server makes it a cache in memory, whatever its label says"
                       : " has no `type`, which makes it a cache in memory"))
      .suggest(cdn ? "add `type = \"cdn\"`" : "add `type = \"redis\"`");
}

// --- Connections. Nothing of them is ever printed.

bool is_port(Text text) {
  constexpr int most = 65535;
  int port = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failed == std::errc() && end == text.data() + text.size() && port >= 1 && port <= most;
}

Text trimmed(Text text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == Text::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// host, host:port, [::1]:port
bool is_endpoint(Text text) {
  if (text.empty() || text.find_first_of(" \t/@") != Text::npos) return false;
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == Text::npos) return false;
    const Text rest = text.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const std::size_t colon = text.find(':');
  if (colon == Text::npos) return true;
  return colon > 0 && is_port(text.substr(colon + 1));
}

bool is_redis_url(Text text) {
  const std::size_t host = text.find("://") + 3;
  const Text place = text.substr(host, text.find_first_of("/?", host) - host);
  const std::size_t user = place.rfind('@');
  return is_endpoint(user == Text::npos ? place : place.substr(user + 1));
}

// Why this is no connection of Redis; "" if it is one.
Text fault_of(Text text) {
  const std::string start = lower(text.substr(0, 9));
  if (start.starts_with("redis://") || start.starts_with("rediss://")) {
    return is_redis_url(text) ? "" : "its URL has no host, or a port that is no number";
  }
  if (text.starts_with("unix:") || text.starts_with('/')) return "";
  if (text.substr(0, text.find(',')).find("://") != Text::npos) return "it is a URL of something else";
  bool any = false;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const Text part = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (part.empty() || part.find('=') != Text::npos || part.front() == '$') continue;
    if (!is_endpoint(part)) return "one of its parts is neither `host:port` nor `key=value`";
    any = true;
  }
  return any ? "" : "it names no host";
}

void check_connection(const Block& cache, Check& check) {
  const Setting* connection = cache.find("connection");
  const Text type = cache_type(cache);
  if (same_word(type, "redis")) {
    if (is_absent(connection) || is_blank(connection)) {
      check
          .report(
              connection_blank, connection == nullptr ? cache.label_range : connection->range,
              address(cache) + (connection == nullptr ? " has no `connection`" : " has a blank `connection`"))
          .suggest("add `connection = env(\"REDIS_URL\")`");
      return;
    }
    const auto text = text_of(connection);
    const Text fault = text ? fault_of(trimmed(*text)) : Text();
    if (fault.empty()) return;
    check
        .report(connection_malformed, connection->range,
                "the connection of " + address(cache) + " cannot be read: " + std::string(fault))
        .suggest("write `host:6379,key=value`, or a URL that starts with `redis://` or `rediss://`");
    return;
  }
  if (!same_word(type, "memory") || is_absent(connection)) return;
  if (is_absent(cache.find("type")) && lower(cache.label).find("redis") != std::string::npos) return;
  check
      .report(connection_unused, connection->name_range(),
              address(cache) + " is a cache in memory, which connects to nothing")
      .suggest("remove `connection`, or write `type = \"redis\"`");
}

void check_prefixes(Check& check) {
  std::unordered_map<Text, const Block*> seen;
  for (const Block& cache : check.configuration().of(BlockType::cache)) {
    if (!is_surely_enabled(cache) || !same_word(cache_type(cache), "redis")) continue;
    const Setting* prefix = cache.find("prefix");
    const auto text = is_absent(prefix) ? std::optional<Text>("") : prefix->text();
    if (!text) continue;
    const auto [earlier, is_new] = seen.emplace(*text, &cache);
    const Block& first = *earlier->second;
    if (is_new || first.label == cache.label) continue;
    const auto one = text_of(first.find("connection"));
    const auto other = text_of(cache.find("connection"));
    if (one && other && *one != *other) continue;  // not the same Redis
    check
        .report(prefix_shared, is_absent(prefix) ? cache.label_range : prefix->range,
                address(cache) + " and " + address(first) +
                    (is_absent(prefix) ? " both have no `prefix`" : " have the same `prefix`"))
        .label(first.label_range, "the other one")
        .suggest("give each a `prefix` of its own, or keep one of them");
  }
}

// --- Numbers

void check_number(const Setting* setting, Check& check) {
  const auto number = number_of(setting);
  if (!number || setting->schema() == nullptr) return;
  const config::Bounds& bounds = setting->schema()->bounds;
  if (!bounds.given || (*number >= bounds.least && *number <= bounds.most)) return;
  check
      .report(negative, setting->range,
              quoted(setting->name()) +
                  (*number < bounds.least ? " is negative" : " is larger than the server can read"))
      .suggest(setting->schema()->default_value.empty()
                   ? std::string("write 0 or more")
                   : "write 0 or more; the default is " + std::string(setting->schema()->default_value));
}

void check_numbers(const Block& cache, Check& check) {
  for (const Setting& setting : cache.settings) {
    check_number(&setting, check);
    for (const Setting& member : setting.items()) check_number(&member, check);
  }
}

void check_layer_ttl(const Block& layer, Check& check) {
  const Setting* cache = layer.find("cache");
  if (cache != nullptr) check_number(cache->find("ttl"), check);
}

// --- Environments

constexpr std::array<Text, 17> environments = {
    "development", "production", "staging", "testing", "test", "dev", "prod", "stage",  "integration",
    "preview",     "demo",       "sandbox", "local",   "qa",   "uat", "ci",   "preprod"};

// "production", also "production-eu" and "test2".
bool is_environment(Text word, Text current) {
  if (same_word(word, current)) return true;
  const std::string name = lower(word);
  return std::any_of(environments.begin(), environments.end(), [&](Text known) {
    if (!name.starts_with(known)) return false;
    const char next = name.size() > known.size() ? name[known.size()] : '-';
    return next < 'a' || next > 'z';
  });
}

void check_environments(const Block& cache, Check& check) {
  const Setting* required = cache.find("required_in");
  if (required == nullptr) return;
  const Text current = check.environment();
  const bool disabled = !is_enabled(cache);
  for (const Setting& one : required->items()) {
    const auto word = one.text();
    if (!word || one.sensitive || current.empty()) continue;
    if (!is_environment(*word, current)) {
      suggest_from(
          check.report(environment_unknown, one.range, quoted(*word) + " is no usual name of an environment"),
          *word, {environments.begin(), environments.begin() + 4});
    }
    if (!disabled || !same_word(*word, current)) continue;
    // Of an environment that comes from a variable not even the place may be told.
    const bool is_hidden = check.is_environment_secret();
    check
        .report(required_disabled, cache.find("enabled")->range,
                address(cache) + " is disabled, and required in " +
                    (is_hidden ? "this environment" : quoted(*word) + ", which this is"))
        .label(is_hidden ? required->range : one.range, "required here")
        .suggest("enable it, or take the environment from `required_in`");
    if (is_hidden) return;
  }
}

void check_memory_in_production(Check& check) {
  if (!check.is_production()) return;
  const Block* memory = nullptr;
  for (const Block& cache : check.configuration().of(BlockType::cache)) {
    if (!is_enabled(cache)) continue;
    if (!same_word(cache_type(cache), "memory")) return;
    // Its name says what it is meant to be, and another rule what it lacks.
    if (is_absent(cache.find("type")) && lower(cache.label).find("redis") != std::string::npos) return;
    if (memory == nullptr) memory = &cache;
  }
  if (memory == nullptr) return;
  check.report(only_memory, memory->label_range, "in production all caches are in memory")
      .suggest("use `type = \"redis\"`: a cache in memory is lost when the server restarts");
}

constexpr std::array units = {
    each(BlockType::cache, &check_label),
    each(BlockType::cache, &check_type),
    each(BlockType::cache, &check_type_given),
    each(BlockType::cache, &check_connection),
    once(&check_prefixes),
    each(BlockType::cache, &check_numbers),
    each(BlockType::layer, &check_layer_ttl),
    each(BlockType::cache, &check_environments),
    once(&check_memory_in_production),
};

#define REDIS "cache \"redis\" {\n  type       = \"redis\"\n  connection = env(\"REDIS_URL\")\n"
#define PRODUCTION                                                                     \
  "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n"             \
  "  allowed_hosts = [\"maps.example.org\"]\n  security {\n    require_https = true\n" \
  "    hsts_enabled  = true\n  }\n}\n"
#define COUNTED_IN_MEMORY                                                                                  \
  "rate_limit {\n  store = \"memory\"\n  rules {\n    default {\n      requests = 1000\n      window   = " \
  "\"1m\"\n    }\n  }\n}\n"

constexpr std::array rules = {
    RuleInfo{&label_blank, "Layers name a cache by its label.", "cache \"\" {\n  type = \"memory\"\n}\n",
             "cache \"local\" {\n  type = \"memory\"\n}\n"},
    RuleInfo{&type_blank, "The type says where the cache keeps what it has.",
             "cache \"local\" {\n  type = \"\"\n}\n", "cache \"local\" {\n  type = \"memory\"\n}\n"},
    RuleInfo{&type_unknown, "The server does nothing with a cache of a type that it does not know.",
             "cache \"shared\" {\n  type = \"memcached\"\n}\n", REDIS "}\n"},
    RuleInfo{&connection_blank, "Without a connection the server cannot reach Redis.",
             "cache \"redis\" {\n  type = \"redis\"\n}\n", REDIS "}\n"},
    RuleInfo{&connection_malformed, "The server fails at its first use of the cache, not when it starts.",
             "cache \"redis\" {\n  type       = \"redis\"\n  connection = \"http://redis:6379\"\n}\n",
             "cache \"redis\" {\n  type       = \"redis\"\n  connection = \"redis:6379,ssl=true\"\n}\n"},
    RuleInfo{&type_missing,
             "The server takes a cache without a type for one in memory, whatever it is called.",
             "cache \"redis\" {\n  connection = env(\"REDIS_URL\")\n}\n", REDIS "}\n"},
    RuleInfo{&prefix_shared, "Two caches with the same keys in one Redis overwrite each other.",
             REDIS "}\ncache \"tiles\" {\n  type       = \"redis\"\n  connection = env(\"REDIS_URL\")\n}\n",
             REDIS "}\ncache \"tiles\" {\n  type       = \"redis\"\n  connection = env(\"REDIS_URL\")\n"
                   "  prefix     = \"tiles:\"\n}\n"},
    RuleInfo{&negative, "A negative duration means nothing; most would expire at once.",
             REDIS "  ttl        = -1\n}\n", REDIS "  ttl        = 3600\n}\n"},
    RuleInfo{&environment_unknown,
             "A cache that is required in an environment nobody runs is required nowhere.",
             REDIS "  required_in = [\"prodution\"]\n}\n", REDIS "  required_in = [\"production\"]\n}\n"},
    RuleInfo{&connection_unused, "Whoever wrote a connection wanted a cache that several instances share.",
             "cache \"shared\" {\n  type       = \"memory\"\n  connection = env(\"REDIS_URL\")\n}\n",
             "cache \"shared\" {\n  type       = \"redis\"\n  connection = env(\"REDIS_URL\")\n}\n"},
    RuleInfo{&required_disabled, "The server refuses to start without a cache that it must have.",
             REDIS "  enabled     = false\n  required_in = [\"development\"]\n}\n",
             REDIS "  enabled     = true\n  required_in = [\"development\"]\n}\n"},
    RuleInfo{&only_memory,
             "What is in memory is lost when the server restarts, and several instances each have their own.",
             PRODUCTION "cache \"local\" {\n  type = \"memory\"\n}\n" COUNTED_IN_MEMORY,
             PRODUCTION REDIS "  required_in = [\"production\"]\n}\n"},
};

#undef REDIS
#undef PRODUCTION
#undef COUNTED_IN_MEMORY

}  // namespace

const Area cache_area{units, rules};

}  // namespace honua::validation
