// SPDX-License-Identifier: MIT
#include <array>

#include "connection/connection_text.h"
#include "validation/areas.h"

// What is allowed, but better done otherwise.
namespace honua::validation {

namespace {

using connection::find_provider;
using connection::Provider;

constexpr Rule verbose_log{"H9101", "production-verbose-log", Severity::warning, "advice",
                           "a server in production does not log every detail"};
constexpr Rule odata_writes{"H9102", "production-odata-writes", Severity::warning, "advice",
                            "OData in production is read-only"};
constexpr Rule no_pool{"H9104", "production-no-pool", Severity::info, "advice",
                       "a data source in production has a `pool`"};
constexpr Rule large_pages{"H9105", "production-large-pages", Severity::warning, "advice",
                           "a page has at most 1000 features"};
constexpr Rule no_redis_cache{"H9106", "production-without-redis", Severity::warning, "advice",
                              "a server in production has a Redis cache"};
constexpr Rule no_health_check{"H9107", "production-no-health-check", Severity::info, "advice",
                               "a data source in production has a `health_check`"};

constexpr double largest_page = 1000;

void check_level(const Setting* level, Check& check) {
  const auto text = text_of(level);
  if (!text || (!same_word(*text, "debug") && !same_word(*text, "trace"))) return;
  check.report(verbose_log, level->range, "a server in production logs every detail")
      .suggest("write `warning`");
}

void check_log(Check& check) {
  if (!check.is_production()) return;
  if (const Block* honua = check.configuration().single(BlockType::honua))
    check_level(honua->find("log_level"), check);
  if (const Block* logging = check.configuration().single(BlockType::logging))
    check_level(logging->find("level"), check);
}

void check_writes(const Block& service, Check& check) {
  if (!check.is_production() || service_type(service) != "odata" || !is_surely_enabled(service)) return;
  const Setting* writes = service.find("allow_writes");
  if (!flag_of(writes).value_or(false)) return;
  check.report(odata_writes, writes->range, "clients may write through OData in production")
      .suggest("keep OData read-only where nobody needs to write");
}

void check_source(const Block& source, Check& check) {
  if (!check.is_production()) return;
  const Setting* name = source.find("provider");
  const auto text = text_of(name);
  const Provider* provider = text ? find_provider(*text) : nullptr;
  if (provider != nullptr && !provider->is_embedded() && is_absent(source.find("pool"))) {
    check
        .report(no_pool, source.label_range,
                address(source) + " has no `pool`: up to 10 connections by default")
        .suggest("say how many connections it may use: `pool { ... }` with `max_size`");
  }
  const Setting* health_check = source.find("health_check");
  if (!is_absent(health_check) && !is_blank(health_check)) return;
  check.report(no_health_check, source.label_range, address(source) + " has no `health_check`")
      .suggest("add `health_check = \"SELECT 1\"`");
}

void check_pages(const Block& service, Check& check) {
  if (!check.is_production() || !is_surely_enabled(service)) return;
  for (const std::string_view name :
       {"max_page_size", "item_limit", "max_top", "default_page_size", "default_limit", "limit",
        "default_count", "default_max_record_count", "default_max_records"}) {
    const Setting* size = service.find(name);
    if (number_of(size).value_or(0) <= largest_page) continue;
    check
        .report(large_pages, size->range,
                "a page of " + address(service) + " may have more than 1000 features")
        .suggest("clients can ask for the next page: smaller ones answer sooner");
  }
}

// Where all caches are in memory, or high availability is on, other rules speak.
void check_caches(Check& check) {
  const Block* honua = check.configuration().single(BlockType::honua);
  if (!check.is_production() || honua == nullptr || !check.has_all_blocks()) return;
  if (flag_of(check.high_availability("enabled")).value_or(false)) return;
  for (const Block& cache : check.configuration().of(BlockType::cache)) {
    const bool is_cdn = same_word(cache_type(cache), "cdn");
    if (!is_cdn && is_enabled(cache)) return;
  }
  check
      .report(no_redis_cache, honua->label_range,
              "no cache is shared with other instances or survives a restart")
      .suggest("add a cache with `type = \"redis\"`, or enable the one that there is");
}

constexpr std::array units = {
    once(&check_log),
    once(&check_caches),
    each(BlockType::service, &check_writes),
    each(BlockType::service, &check_pages),
    each(BlockType::data_source, &check_source),
};

constexpr std::array rules = {
    RuleInfo{&verbose_log, "Such logs are large, slow the server down and may hold what users asked for.",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  log_level     = "
             "\"debug\"\n  "
             "allowed_hosts = [\"maps.example.org\"]\n  security {\n    require_https = true\n    "
             "hsts_enabled  = true\n  "
             "}\n}\n",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  log_level     = "
             "\"warning\"\n  "
             "allowed_hosts = [\"maps.example.org\"]\n  security {\n    require_https = true\n    "
             "hsts_enabled  = true\n  "
             "}\n}\n"},
    RuleInfo{
        &odata_writes, "Every way to write is one more that must be watched.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"odata\" {\n  allow_writes = true\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  "
        "data_source = "
        "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
        "[service.odata]\n  permissions {\n    require_auth_write = true\n  }\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"odata\" {\n  allow_writes = false\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  "
        "data_source = "
        "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
        "[service.odata]\n}\n"},
    RuleInfo{
        &no_pool,
        "The defaults suit a developer's machine; production knows how many connections it can afford.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n  "
        "health_check = \"SELECT 1\"\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n  "
        "health_check = \"SELECT 1\"\n  pool {\n    max_size = 20\n  }\n}\n"},
    RuleInfo{
        &large_pages, "Large pages take memory and time for every client that asks for one.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"ogc_api\" {\n  max_page_size = 5000\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"ogc_api\" {\n  max_page_size = 1000\n}\n"},
    RuleInfo{
        &no_redis_cache,
        "What the server has worked out is lost with each restart, and each instance works it out.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "cache \"redis\" {\n  type       = \"redis\"\n  enabled    = false\n  connection = "
        "env(\"REDIS_URL\")\n}\n"
        "rate_limit {\n  rules {\n    default {\n      requests = 1000\n      window   = \"1m\"\n    }\n  "
        "}\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "cache \"redis\" {\n  type       = \"redis\"\n  connection = env(\"REDIS_URL\")\n}\n"
        "rate_limit {\n  rules {\n    default {\n      requests = 1000\n      window   = \"1m\"\n    }\n  "
        "}\n}\n"},
    RuleInfo{
        &no_health_check, "Without a query the server only knows that the database accepts connections.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n  pool "
        "{\n    "
        "max_size = 20\n  }\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n  "
        "health_check = \"SELECT 1\"\n  pool {\n    max_size = 20\n  }\n}\n"},
};

}  // namespace

const Area advice_area{units, rules};

}  // namespace honua::validation
