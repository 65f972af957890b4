// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "validation/areas.h"

// `rate_limit`, and limits of single services.
namespace honua::validation {

namespace {

using Text = std::string_view;

constexpr Rule store_blank{"H1060", "rate-limit-store-blank", Severity::error, "rate-limit",
                           "`rate_limit.store` is not blank"};
constexpr Rule no_rules{"H1061", "rate-limit-without-rules", Severity::warning, "rate-limit",
                        "a rate limit has rules"};
constexpr Rule requests_range{"H1062", "rate-limit-requests-range", Severity::error, "rate-limit",
                              "a limit lets at least one request through"};
constexpr Rule window_blank{"H1063", "rate-limit-window-blank", Severity::error, "rate-limit",
                            "a limit's window is not blank"};
constexpr Rule window_malformed{"H1064", "rate-limit-window-malformed", Severity::warning, "rate-limit",
                                "a limit's window is a positive whole number with s, m, h or d behind it"};
constexpr Rule store_unknown{"H1160", "rate-limit-store-unknown", Severity::error, "rate-limit",
                             "`rate_limit.store` is memory or redis"};
constexpr Rule no_default{"H1161", "rate-limit-without-default", Severity::warning, "rate-limit",
                          "a rate limit has a rule called default"};
constexpr Rule window_long{"H1163", "rate-limit-window-long", Severity::warning, "rate-limit",
                           "a limit's window is at most a day"};
constexpr Rule rate_absurd{"H1164", "rate-limit-without-effect", Severity::warning, "rate-limit",
                           "a limit lets fewer requests through than a server can answer"};
constexpr Rule same_limit{"H1165", "rate-limit-rules-alike", Severity::info, "rate-limit",
                          "rules of a rate limit differ in their limits"};
constexpr Rule no_redis{"H2007", "rate-limit-without-redis", Severity::warning, "rate-limit",
                        "a rate limit that counts in Redis has an enabled Redis cache"};
constexpr Rule unlimited{"H2013", "production-without-rate-limit", Severity::warning, "rate-limit",
                         "in production requests are limited"};

constexpr double day = 86400;

// --- The store

void check_store(const Block& limit, Check& check) {
  const Setting* store = limit.find("store");
  if (is_blank(store)) {
    check.report(store_blank, store->range, "the store of the rate limit is blank")
        .suggest("write `memory`, or `redis` for several instances");
    return;
  }
  const auto text = text_of(store);
  if (!text) return;
  const auto values = store->schema()->values;
  if (is_one_of(*text, values)) return;
  auto& made =
      check.report(store_unknown, store->range,
                   "the server counts requests in no " + (store->sensitive ? "such store" : quoted(*text)));
  made.suggest("write `memory`, or `redis` for several instances");
}

void check_redis(const Block& limit, Check& check) {
  const Setting* store = limit.find("store");
  if (!is_surely_enabled(limit) || !same_word(text_of(store).value_or(""), "redis")) return;
  const Block* nearly = nullptr;
  for (const Block& cache : check.configuration().of(BlockType::cache)) {
    const Text type = cache_type(cache);
    const bool is_redis = type.empty() || same_word(type, "redis");
    if (is_redis && is_enabled(cache)) return;
    const bool called_so =
        is_absent(cache.find("type")) && lower(cache.label).find("redis") != std::string::npos;
    if (is_redis || called_so) nearly = &cache;
  }
  if (!check.has_all_blocks()) return;
  auto& made =
      check.report(no_redis, store->range, "requests are counted in Redis, and no Redis cache is enabled");
  if (nearly == nullptr) {
    made.suggest("define a cache with `type = \"redis\"`, or count in `memory`");
    return;
  }
  const bool disabled = !is_enabled(*nearly);
  made.label(nearly->label_range, disabled ? "this one is disabled" : "this one has no `type = \"redis\"`");
  made.suggest(disabled ? "enable it, or count in `memory`" : "give it its type, or count in `memory`");
}

// --- Rules

// The seconds of "5m"; nothing if it is not well-formed.
std::optional<double> window_seconds(Text text) {
  constexpr std::array<std::pair<char, double>, 4> units = {{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', day}}};
  if (text.size() < 2) return std::nullopt;
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const auto& one) { return one.first == text.back(); });
  if (unit == units.end()) return std::nullopt;
  std::int32_t number = 0;
  const char* last = text.data() + text.size() - 1;
  const auto [end, failed] = std::from_chars(text.data(), last, number);
  if (failed != std::errc() || end != last || number < 1) return std::nullopt;
  return number * unit->second;
}

void check_window(const Setting& window, const std::string& name, Check& check) {
  if (is_blank(&window)) {
    check.report(window_blank, window.range, "the window of " + name + " is blank")
        .suggest("write a time such as `\"1m\"`");
    return;
  }
  const auto text = window.text();
  if (!text) return;
  const std::string shown = window.sensitive ? "" : ", " + quoted(*text) + ",";
  const auto seconds = window_seconds(*text);
  if (!seconds) {
    check
        .report(window_malformed, window.range,
                "the window of " + name + shown + " is not a positive whole number with s, m, h or d")
        .suggest("write for instance `\"30s\"`, `\"1m\"`, `\"1h\"` or `\"1d\"`");
  } else if (*seconds > day) {
    check.report(window_long, window.range, "the window of " + name + shown + " is longer than a day")
        .suggest("choose at most `\"1d\"`");
  }
}

// One limit: `requests` and `window`.
void check_limit(const Setting& limit, const std::string& name, Check& check) {
  constexpr double most_per_second = 100000;
  const Setting* requests = limit.find("requests");
  const Setting* window = limit.find("window");
  if (window != nullptr) check_window(*window, name, check);
  const auto number = number_of(requests);
  if (!number) return;
  const config::Bounds& bounds = requests->schema()->bounds;
  if (*number < bounds.least || *number > bounds.most) {
    check
        .report(requests_range, requests->range,
                name + (*number < bounds.least ? " lets no request through"
                                               : " has more requests than the server can read"))
        .suggest("write a number of at least 1");
    return;
  }
  const auto seconds = window_seconds(is_absent(window) ? "1m" : window->text().value_or(""));
  if (!seconds || *number / *seconds <= most_per_second) return;
  check.report(rate_absurd, requests->range, name + " lets more than 100000 requests through in a second")
      .suggest("lower `requests`, or choose a longer window");
}

void report_same(const Setting& rule, const Setting& other, Check& check) {
  check
      .report(same_limit, rule.name_range(),
              quoted(rule.name()) + " has the same limit as " + quoted(other.name()))
      .label(other.name_range(), "the other rule")
      .suggest("remove one of them, if nobody needs to tell them apart");
}

void check_rules(const Block& limit, Check& check) {
  const Setting* rules = limit.find("rules");
  if (rules != nullptr && !rules->is(SettingKind::object) && !is_absent(rules)) return;
  if (rules == nullptr || rules->items().empty()) {
    if (!is_surely_enabled(limit)) return;
    check.report(no_rules, rules == nullptr ? limit.label_range : rules->range, "the rate limit has no rules")
        .suggest("add `rules { default { requests = 1000, window = \"1m\" } }`, a line each");
    return;
  }
  std::map<std::pair<double, double>, const Setting*> seen;
  for (const Setting& rule : rules->items()) {
    if (!rule.is(SettingKind::object)) continue;
    check_limit(rule, quoted("rate_limit.rules." + std::string(rule.name())), check);
    const auto requests = number_of(rule.find("requests"));
    const auto seconds = window_seconds(text_of(rule.find("window")).value_or(""));
    if (!requests || !seconds) continue;
    const auto [earlier, is_new] = seen.emplace(std::pair(*requests, *seconds), &rule);
    if (!is_new) report_same(rule, *earlier->second, check);
  }
  if (!is_surely_enabled(limit) || rules->find("default") != nullptr) return;
  check
      .report(no_default, rules->is_block ? rules->name_range() : rules->range, "no rule is called `default`")
      .suggest("add one: it holds for everybody whom no other rule names");
}

void check_service_limit(const Block& service, Check& check) {
  const Setting* limit = service.find("rate_limit");
  if (limit == nullptr || !limit->is(SettingKind::object)) return;
  check_limit(*limit, quoted("service." + std::string(service.label) + ".rate_limit"), check);
}

// --- Production

void check_limited(Check& check) {
  if (!check.is_production() || !check.has_all_blocks()) return;
  const Configuration& configuration = check.configuration();
  const Block* limit = configuration.single(BlockType::rate_limit);
  if (limit != nullptr && is_enabled(*limit)) return;
  const Block* honua = configuration.single(BlockType::honua);
  const Setting* enabled = limit == nullptr ? nullptr : limit->find("enabled");
  check
      .report(unlimited, enabled != nullptr ? enabled->range : honua->label_range,
              limit == nullptr ? "in production nothing limits the requests"
                               : "in production the rate limit is disabled")
      .suggest(limit == nullptr ? "add a block `rate_limit`" : "enable it");
}

constexpr std::array units = {
    each(BlockType::rate_limit, &check_store),
    each(BlockType::rate_limit, &check_redis),
    each(BlockType::rate_limit, &check_rules),
    each(BlockType::service, &check_service_limit),
    once(&check_limited),
};

#define RULE(name, requests, window) \
  "    " name " {\n      requests = " requests "\n      window   = " window "\n    }\n"
#define LIMIT(lines, rules) "rate_limit {\n" lines "  rules {\n" rules "  }\n}\n"
#define DEFAULT_RULE RULE("default", "1000", "\"1m\"")
#define PRODUCTION                                                                     \
  "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n"             \
  "  allowed_hosts = [\"maps.example.org\"]\n  security {\n    require_https = true\n" \
  "    hsts_enabled  = true\n  }\n}\n"

constexpr std::array rules = {
    RuleInfo{&store_blank, "The server must know where it counts requests.",
             LIMIT("  store = \"\"\n", DEFAULT_RULE), LIMIT("  store = \"memory\"\n", DEFAULT_RULE)},
    RuleInfo{&no_rules, "A rate limit without rules limits nothing.",
             "rate_limit {\n  store = \"memory\"\n}\n", LIMIT("  store = \"memory\"\n", DEFAULT_RULE)},
    RuleInfo{&requests_range, "A limit of no requests shuts everybody out.",
             LIMIT("", RULE("default", "0", "\"1m\"")), LIMIT("", DEFAULT_RULE)},
    RuleInfo{&window_blank, "A number of requests means nothing without the time that it counts for.",
             LIMIT("", RULE("default", "1000", "\"\"")), LIMIT("", DEFAULT_RULE)},
    RuleInfo{&window_malformed, "The server cannot read other times.",
             LIMIT("", RULE("default", "1000", "\"1 minute\"")), LIMIT("", DEFAULT_RULE)},
    RuleInfo{&store_unknown, "The server has no other places to count requests in.",
             LIMIT("  store = \"postgresql\"\n", DEFAULT_RULE),
             LIMIT("  store = \"memory\"\n", DEFAULT_RULE)},
    RuleInfo{&no_default, "Clients that no rule is made for are not limited at all.",
             LIMIT("", RULE("authenticated", "1000", "\"1m\"")),
             LIMIT("", DEFAULT_RULE RULE("authenticated", "5000", "\"1m\""))},
    RuleInfo{&window_long,
             "Whoever uses up a limit waits for days, and each restart of the server forgets the count.",
             LIMIT("", RULE("default", "100000", "\"7d\"")), LIMIT("", RULE("default", "100000", "\"1d\""))},
    RuleInfo{&rate_absurd, "No server answers as many requests, so the limit is never reached.",
             LIMIT("", RULE("default", "1000000", "\"1s\"")), LIMIT("", DEFAULT_RULE)},
    RuleInfo{&same_limit, "Two rules with one limit are often a copy that somebody meant to change.",
             LIMIT("", DEFAULT_RULE RULE("authenticated", "1000", "\"1m\"")),
             LIMIT("", DEFAULT_RULE RULE("authenticated", "5000", "\"1m\""))},
    RuleInfo{&no_redis, "The server cannot count in a Redis that it does not know.",
             LIMIT("  store = \"redis\"\n", DEFAULT_RULE), LIMIT("  store = \"memory\"\n", DEFAULT_RULE)},
    RuleInfo{&unlimited, "A single client can keep the server busy and shut all others out.",
             PRODUCTION "rate_limit {\n  enabled = false\n}\n",
             PRODUCTION LIMIT("  store = \"redis\"\n", DEFAULT_RULE)},
};

#undef RULE
#undef LIMIT
#undef DEFAULT_RULE
#undef PRODUCTION

}  // namespace

const Area rate_limit_area{units, rules};

}  // namespace honua::validation
