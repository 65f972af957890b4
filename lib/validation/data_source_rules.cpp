// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "connection/connection_text.h"
#include "validation/areas.h"
#include "validation/written_text.h"

// `data_source`: provider, connection, pool, health check.
namespace honua::validation {

namespace {

using connection::ConnectionForm;
using connection::ConnectionSetting;
using connection::ConnectionText;
using connection::find_provider;
using connection::is_placeholder;
using connection::parse_connection;
using connection::Provider;
using connection::provider_names;

constexpr Rule none_defined{"H1010", "data-source-none", Severity::warning, "data-source",
                            "a configuration has a `data_source`"};
constexpr Rule label_blank{"H1011", "data-source-label-blank", Severity::error, "data-source",
                           "a data source's label is not blank"};
constexpr Rule provider_blank{"H1012", "data-source-provider-blank", Severity::error, "data-source",
                              "a data source has a provider"};
constexpr Rule connection_blank{"H1014", "data-source-connection-blank", Severity::error, "data-source",
                                "a data source has a connection"};
constexpr Rule pool_least_negative{"H1015", "pool-min-size-negative", Severity::error, "data-source",
                                   "`pool.min_size` is not negative"};
constexpr Rule pool_most_small{"H1016", "pool-max-size-too-small", Severity::error, "data-source",
                               "`pool.max_size` is at least 1"};
constexpr Rule pool_sizes_swapped{"H1017", "pool-sizes-swapped", Severity::error, "data-source",
                                  "`pool.min_size` is not more than `pool.max_size`"};
constexpr Rule pool_timeout_negative{"H1018", "pool-timeout-negative", Severity::error, "data-source",
                                     "`pool.timeout` is not negative"};
constexpr Rule out_of_range{"H1019", "data-source-number-out-of-range", Severity::error, "data-source",
                            "numbers of `pool` and `retry` are in their range"};
constexpr Rule provider_unknown{"H1150", "data-source-provider-unknown", Severity::error, "data-source",
                                "a data source's provider is one that the server knows"};
constexpr Rule connection_unfit{"H1151", "connection-unfit", Severity::warning, "data-source",
                                "a connection string is well-formed and fits the provider"};
constexpr Rule pool_unusual{"H1152", "pool-unusual", Severity::warning, "data-source",
                            "a pool's settings are usual ones"};
constexpr Rule health_check_unsafe{"H1153", "health-check-unsafe", Severity::warning, "data-source",
                                   "a health check is one statement that only reads"};
constexpr Rule memory_shared{"H1154", "sqlite-memory-shared", Severity::error, "data-source",
                             "a database in memory serves one layer of one instance"};
constexpr Rule path_relative{"H1155", "sqlite-path-relative", Severity::warning, "data-source",
                             "the path of a database file is absolute in production"};
constexpr Rule same_connection{"H2105", "connection-twice", Severity::warning, "data-source",
                               "no two data sources have the same connection"};

constexpr double largest_usual_pool = 500;
constexpr double longest_usual_wait = 300;

const Provider* provider_of(const Block& source) {
  const auto name = text_of(source.find("provider"));
  return name ? find_provider(*name) : nullptr;
}

// The connection, if it is known and not a mere placeholder.
std::optional<std::string_view> connection_of(const Block& source) {
  const Setting* connection = source.find("connection");
  const auto text = text_of(connection);
  if (!text || is_blank(connection) || is_placeholder(*text)) return std::nullopt;
  return text;
}

void check_any(Check& check) {
  if (!check.configuration().of(BlockType::data_source).empty() || !check.has_all_blocks()) return;
  const Block* honua = check.configuration().single(BlockType::honua);
  check
      .report(none_defined, honua == nullptr ? SourceRange{} : honua->label_range,
              "there is no `data_source`")
      .suggest("add one: layers are tables of a data source");
}

void check_label(const Block& source, Check& check) {
  if (source.label.find_first_not_of(" \t\r\n") != std::string_view::npos) return;
  check.report(label_blank, source.label_range, "this data source's label is blank")
      .suggest("name it, for instance `main`");
}

void check_blank(const Block& source, Check& check) {
  const auto report = [&](const Rule& rule, std::string_view name) {
    const Setting* setting = source.find(name);
    const std::string what = is_absent(setting) ? " has no " : " has a blank ";
    if (!is_absent(setting) && !is_blank(setting)) return static_cast<Diagnostic*>(nullptr);
    return &check.report(rule, setting == nullptr ? source.label_range : setting->range,
                         address(source) + what + quoted(name));
  };
  if (auto* made = report(provider_blank, "provider"))
    made->suggest("write `provider = \"postgresql\"`, for instance");
  if (auto* made = report(connection_blank, "connection")) {
    made->suggest("take it from the environment: `connection = env(\"DATABASE_URL\")`");
  }
}

void check_provider(const Block& source, Check& check) {
  const Setting* provider = source.find("provider");
  const auto name = text_of(provider);
  if (!name || is_blank(provider)) return;
  const std::string shown = provider->sensitive ? "the provider" : quoted(*name);
  const Provider* known = find_provider(*name);
  if (known == nullptr) {
    auto& made =
        check.report(provider_unknown, provider->range,
                     "the server knows no provider " + (provider->sensitive ? "of this name" : shown));
    return suggest_from(made, provider->sensitive ? "" : *name, provider_names());
  }
  if (known->standing == Provider::Standing::enterprise) {
    check
        .report_as(Severity::warning, provider_unknown, provider->range,
                   shown + " is known to the enterprise build of the server only")
        .suggest("make sure that this is the build you run");
  } else if (known->standing == Provider::Standing::alias) {
    check
        .report_as(
            Severity::warning, provider_unknown, provider->range,
            shown + " is another name for " + quoted(known->canonical) + ", which the server does not know")
        .suggest("write `provider = \"" + std::string(known->canonical) + "\"`");
  } else if (known->name != known->canonical) {
    check
        .report_as(Severity::info, provider_unknown, provider->range,
                   shown + " is another name for " + quoted(known->canonical))
        .suggest("write `provider = \"" + std::string(known->canonical) + "\"`");
  }
}

// --- pool

void report_outside(const Setting* setting, double least, const Rule& rule, Check& check) {
  const auto value = number_of(setting);
  if (!value) return;
  if (*value > config::int32_most) {
    check.report(rule, setting->range, quoted(setting->name()) + " is larger than the server can read")
        .suggest("the most is 2147483647");
  }
  if (*value >= least) return;
  const std::string least_text = std::to_string(static_cast<int>(least));
  check.report(rule, setting->range, quoted(setting->name()) + " is less than " + least_text)
      .suggest("the least is " + least_text);
}

void check_pool_sizes(const Block& source, Check& check) {
  const Setting* pool = source.find("pool");
  if (pool == nullptr || !pool->is(SettingKind::object)) return;
  const Setting* least_given = pool->find("min_size");
  const Setting* most_given = pool->find("max_size");
  report_outside(least_given, 0, pool_least_negative, check);
  report_outside(most_given, 1, pool_most_small, check);
  report_outside(pool->find("timeout"), 0, pool_timeout_negative, check);
  const auto least = effective_member(*pool, "min_size");
  const auto most = effective_member(*pool, "max_size");
  if (!least || !most || *least < 0 || *most < 1 || *least <= *most) return;
  if (*least > config::int32_most) return;  // a finding of its own
  const auto said = [](const Setting* given, double value) {
    return std::to_string(static_cast<long long>(value)) + (is_absent(given) ? ", its default" : "");
  };
  const Setting* wrong = is_absent(least_given) ? most_given : least_given;
  const bool secret = is_secret(least_given) || is_secret(most_given);
  auto& made = check.report(pool_sizes_swapped, wrong->range,
                            secret ? "`min_size` is larger than `max_size`"
                                   : "`min_size` is " + said(least_given, *least) + ", but `max_size` is " +
                                         said(most_given, *most));
  if (wrong == least_given && !is_absent(most_given)) made.label(most_given->range, "the largest size");
  made.suggest("raise `max_size` or lower `min_size`");
}

void check_other_numbers(const Block& source, Check& check) {
  const auto check_member = [&](std::string_view object_name, std::string_view name) {
    const Setting* object = source.find(object_name);
    const Setting* member = object == nullptr ? nullptr : object->find(name);
    if (member != nullptr && member->schema() != nullptr)
      report_outside(member, member->schema()->bounds.least, out_of_range, check);
  };
  check_member("pool", "connection_lifetime");
  check_member("pool", "idle_timeout");
  check_member("retry", "max_attempts");
  check_member("retry", "delay_seconds");
}

void check_pool_unusual(const Block& source, Check& check) {
  const Setting* pool = source.find("pool");
  if (pool == nullptr || !pool->is(SettingKind::object)) return;
  const Setting* least = pool->find("min_size");
  if (check.is_production() && number_of(least) == 0.0) {
    check.report(pool_unusual, least->range, "with `min_size = 0` the first requests wait for connections")
        .suggest("keep at least one connection in production");
  }
  const Setting* most = pool->find("max_size");
  if (number_of(most).value_or(0) > largest_usual_pool) {
    check.report(pool_unusual, most->range, "a pool of more than 500 connections is more than databases bear")
        .suggest("start with 15 connections for each core of the database server");
  }
  const Setting* timeout = pool->find("timeout");
  const auto seconds = number_of(timeout);
  if (seconds == 0.0) {
    check
        .report(pool_unusual, timeout->range,
                "`timeout = 0` sets no limit, or lets nobody wait: drivers disagree")
        .suggest("the default is 30 seconds");
  } else if (seconds.value_or(0) > longest_usual_wait) {
    check.report(pool_unusual, timeout->range, "requests wait more than 300 seconds for a connection")
        .suggest("clients give up long before; the default is 30 seconds");
  }
  const auto text = connection_of(source);
  if (!text || provider_of(source) == nullptr) return;
  const ConnectionText connection = parse_connection(*text);
  for (const std::string_view key : {"maximum pool size", "minimum pool size"}) {
    if (connection.find(key) == nullptr) continue;
    check
        .report(pool_unusual, source.find("connection")->range,
                "the connection string sets the " + quoted(key) + ", too")
        .label(pool->name_range(), "the pool is set here")
        .suggest("set the pool's size in one place");
  }
}

// --- connection

// What this kind of database cannot be connected to without, as messages say it; "" if it is there.
std::string_view missing_part(const Provider& provider, const ConnectionText& connection) {
  const bool has_host = connection.find("host") != nullptr;
  const bool has_source = connection.find("data source") != nullptr;
  // SQL Server takes the name from an attached file.
  const bool has_database =
      connection.find("database") != nullptr || connection.find("attachdbfilename") != nullptr;
  if (provider.canonical == "postgresql") return !has_host ? "`Host`" : has_database ? "" : "`Database`";
  if (provider.canonical == "mysql" || provider.canonical == "sqlserver")
    return !has_host && !has_source ? "`Server`" : has_database ? "" : "`Database`";
  const bool is_path = connection.form == ConnectionForm::plain && connection.scheme == "sqlite";
  if (provider.canonical == "sqlite") {
    return has_source || is_path || connection.find("uri") != nullptr || connection.find("fulluri") != nullptr
               ? ""
               : "`Data Source`";
  }
  return "";
}

// The provider whose URLs start so, or "".
std::string_view provider_of_scheme(std::string_view scheme) {
  if (scheme == "postgres" || scheme == "postgresql") return "postgresql";
  if (scheme == "mysql" || scheme == "mariadb") return "mysql";
  if (scheme == "sqlserver" || scheme == "mssql") return "sqlserver";
  if (scheme == "sqlite" || scheme == "file") return "sqlite";
  if (scheme == "mongodb") return "mongodb";
  if (scheme == "oracle") return "oracle";
  return scheme == "duckdb" ? "duckdb" : "";
}

void check_keys_once(const ConnectionText& connection, SourceRange range, Check& check) {
  std::unordered_set<std::string_view> seen;
  for (const ConnectionSetting& one : connection.settings) {
    if (seen.insert(one.key).second) continue;
    const std::string key = one.is_known ? "`" + one.key + "`" : "one of its keys";
    check.report(connection_unfit, range, "the connection string gives " + key + " twice")
        .suggest("remove one; the last one counts");
    return;
  }
}

void check_connection(const Block& source, Check& check) {
  const auto text = connection_of(source);
  const Provider* provider = provider_of(source);
  if (!text || provider == nullptr || provider->standing == Provider::Standing::enterprise) return;
  const SourceRange range = source.find("connection")->range;
  const ConnectionText connection = parse_connection(*text);
  const auto report = [&](std::string message) -> Diagnostic& {
    return check.report(connection_unfit, range, std::move(message));
  };
  if (!connection.fault.empty()) {
    report("the connection string is malformed: " + std::string(connection.fault))
        .suggest("pairs are `Key=Value;Key=Value`; a value with `;` or quotes in it stands in quotes");
    return;
  }
  const std::string_view of_scheme = provider_of_scheme(connection.scheme);
  if (!of_scheme.empty() && of_scheme != provider->canonical && !provider->is_embedded()) {
    report("a URL for " + quoted(of_scheme) + " is given to the provider " + quoted(provider->canonical))
        .label(source.find("provider")->range, "the provider")
        .suggest("make provider and connection fit each other");
    return;
  }
  if (connection.form == ConnectionForm::keywords && !provider->is_embedded()) {
    report("the pairs of the connection string are separated by blanks").suggest("separate them by `;`");
    return;
  }
  check_keys_once(connection, range, check);
  const bool is_foreign_url = connection.form == ConnectionForm::url && provider->is_embedded();
  if (connection.form == ConnectionForm::url && !is_foreign_url) return;
  const std::string_view missing = missing_part(*provider, connection);
  if (missing.empty()) return;
  report("the connection string has no " + std::string(missing))
      .suggest("the provider " + quoted(provider->canonical) + " needs it");
}

// --- health check

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The text without what stands in quotes.
std::string without_quoted(std::string_view sql) {
  std::string bare;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      bare += c;
    }
  }
  return bare;
}

// The first word that changes something, or "".
std::string_view writing_word(std::string_view sql) {
  constexpr std::array<std::string_view, 10> writing = {"insert", "update",   "delete", "drop",  "alter",
                                                        "create", "truncate", "merge",  "grant", "revoke"};
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t end = at;
    while (end < sql.size() && is_word(sql[end])) ++end;
    const auto* found = std::find_if(writing.begin(), writing.end(), [&](std::string_view word) {
      return same_word(word, sql.substr(at, end - at));
    });
    if (found != writing.end()) return *found;
    at = std::max(end, at + 1);
  }
  return "";
}

void check_health_check(const Block& source, Check& check) {
  const Setting* health_check = source.find("health_check");
  const auto text = text_of(health_check);
  if (!text) return;
  const std::string sql = without_quoted(*text);
  const std::size_t semicolon = sql.find(';');
  if (semicolon != std::string::npos && sql.find_first_not_of(" \t\r\n;", semicolon) != std::string::npos) {
    check.report(health_check_unsafe, health_check->range, "the health check holds several statements")
        .suggest("write one, such as `SELECT 1`");
    return;
  }
  const std::string_view word = writing_word(sql);
  if (word.empty()) return;
  check
      .report(health_check_unsafe, health_check->range,
              "the health check holds " + quoted(word) + ": it does not only read")
      .suggest("write `SELECT 1`, for instance");
}

// --- SQLite

void check_memory(Check& check) {
  std::unordered_map<const Block*, std::size_t> layers;
  for (const Block& source : check.configuration().of(BlockType::data_source)) {
    const auto text = connection_of(source);
    const Provider* provider = provider_of(source);
    if (!text || provider == nullptr || provider->canonical != "sqlite") continue;
    if (is_in_memory(parse_connection(*text)) || *text == ":memory:") layers.emplace(&source, 0);
  }
  if (layers.empty()) return;
  for (const Block& layer : check.configuration().of(BlockType::layer)) {
    const auto found = layers.find(check.data_source_of(layer));
    if (found != layers.end()) ++found->second;
  }
  for (const Block& source : check.configuration().of(BlockType::data_source)) {
    const auto found = layers.find(&source);
    if (found == layers.end()) continue;
    const bool is_shared = parse_connection(*connection_of(source)).says("cache", "shared");
    std::string message;
    if (found->second > 1 && !is_shared) {
      message = "several layers are tables of a database in memory, which is a new one for each connection";
    } else if (check.has_several_instances()) {
      message = "several instances serve, each with a database in memory of its own";
    } else {
      continue;
    }
    check.report(memory_shared, source.find("connection")->range, message)
        .suggest("keep the database in a file");
  }
}

void check_path(const Block& source, Check& check) {
  if (!check.is_production()) return;
  const auto text = connection_of(source);
  const Provider* provider = provider_of(source);
  if (!text || provider == nullptr || !provider->is_embedded()) return;
  const ConnectionText connection = parse_connection(*text);
  const std::string* file = connection.find("data source");
  if (file == nullptr || is_placeholder(*file) || is_in_memory(connection)) return;
  std::string_view path = *file;
  if (path.starts_with("file:")) path.remove_prefix(5);
  const bool is_absolute = path.starts_with("/") || path.starts_with("\\") || path.starts_with("|") ||
                           path.starts_with("~") || path.substr(0, 2).ends_with(":");
  if (is_absolute) return;
  check
      .report(path_relative, source.find("connection")->range,
              "the path of the database is relative: it depends on the folder that the server starts in")
      .suggest("write the whole path");
}

// --- all together

// What tells whether two connections are the same: their text, or the variable where that is not set.
std::string key_of_connection(const Block& source, const Check& check) {
  if (const auto text = connection_of(source)) {
    // Each database in memory is another one.
    return text->find(":memory:") == std::string_view::npos ? "text " + std::string(*text) : "";
  }
  const Setting* connection = source.find("connection");
  if (connection == nullptr || connection->is_known()) return "";
  const auto expression = check.expression_of(*connection);
  const auto variable = expression ? environment_variable_of(*expression) : std::nullopt;
  return variable ? "variable " + *variable : "";
}

void check_same(Check& check) {
  std::unordered_map<std::string, const Block*> seen;
  for (const Block& source : check.configuration().of(BlockType::data_source)) {
    std::string key = key_of_connection(source, check);
    if (key.empty()) continue;
    const auto [first, is_new] = seen.emplace(std::move(key), &source);
    if (is_new) continue;
    // That a secret is the same as what is written elsewhere would tell it.
    if (is_secret(source.find("connection")) != is_secret(first->second->find("connection"))) continue;
    check
        .report(same_connection, source.find("connection")->range,
                address(source) + " has the same connection as " + address(*first->second))
        .label(first->second->find("connection")->range, "the same connection")
        .suggest("use one data source for both, or mend one of them");
  }
}

constexpr std::array units = {
    once(&check_any),
    each(BlockType::data_source, &check_label),
    each(BlockType::data_source, &check_blank),
    each(BlockType::data_source, &check_provider),
    each(BlockType::data_source, &check_pool_sizes),
    each(BlockType::data_source, &check_other_numbers),
    each(BlockType::data_source, &check_pool_unusual),
    each(BlockType::data_source, &check_connection),
    each(BlockType::data_source, &check_health_check),
    each(BlockType::data_source, &check_path),
    once(&check_memory),
    once(&check_same),
};

constexpr std::array rules = {
    RuleInfo{
        &none_defined, "Without a data source there is nothing that layers could be tables of.",
        "/* Not yet:\ndata_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "env(\"DATABASE_URL\")\n}\n*/\n"
        "layer \"roads\" {\n  title       = \"Roads\"\n  data_source = env(\"DATA_SOURCE\")\n  table       = "
        "\"public.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{
        &label_blank, "Layers cannot name a data source without a label.",
        "data_source \"\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\nlayer "
        "\"roads\" {\n  title       = \"Roads\"\n  data_source = env(\"DATA_SOURCE\")\n  table       = "
        "\"public.roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{
        &provider_blank, "The server refuses to start: it cannot tell which driver to use.",
        "data_source \"db\" {\n  provider   = \"\"\n  connection = env(\"DATABASE_URL\")\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{
        &connection_blank, "The server refuses to start: it cannot tell where the database is.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = \"\"\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{&pool_least_negative, "The server refuses to start with such a pool.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    min_size = -1\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    min_size = 1\n  }\n}\n"},
    RuleInfo{&pool_most_small, "The server refuses to start with such a pool.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    max_size = 0\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    max_size = 20\n  }\n}\n"},
    RuleInfo{
        &pool_sizes_swapped,
        "The server refuses to start with such a pool. A size that is not given counts with its default.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
        "  pool {\n    min_size = 20\n  }\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
        "  pool {\n    min_size = 20\n    max_size = 40\n  }\n}\n"},
    RuleInfo{&pool_timeout_negative, "The server refuses to start with such a pool.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    timeout = -5\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    timeout = 30\n  }\n}\n"},
    RuleInfo{&out_of_range, "Times cannot be negative, and connecting is tried once at least.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  retry {\n    max_attempts = 0\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n"
             "  retry {\n    max_attempts = 3\n  }\n}\n"},
    RuleInfo{
        &provider_unknown, "The server cannot open a database of a kind that it has no driver for.",
        "data_source \"db\" {\n  provider   = \"postgressql\"\n  connection = env(\"DATABASE_URL\")\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{&connection_unfit,
             "Connecting will fail, or the driver will read something else than was meant.",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
             "\"Database=city;Username=maps\"\n}\n",
             "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
             "\"Host=db.example.org;Database=city;Username=maps\"\n}\n"},
    RuleInfo{&pool_unusual, "Such a pool either starves requests or wears the database down.",
             "data_source \"db\" {\n  provider   = \"sqlserver\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    max_size = 5000\n  }\n}\n",
             "data_source \"db\" {\n  provider   = \"sqlserver\"\n  connection = env(\"DATABASE_URL\")\n"
             "  pool {\n    max_size = 50\n  }\n}\n"},
    RuleInfo{&health_check_unsafe,
             "A health check runs every few seconds, on replicas, too. What it changes, it changes for ever.",
             "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n"
             "  health_check = \"DELETE FROM visits\"\n}\n",
             "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = env(\"DATABASE_URL\")\n"
             "  health_check = \"SELECT 1\"\n}\n"},
    RuleInfo{
        &memory_shared,
        "Each connection opens a new and empty database in memory. Layers and instances don't see each "
        "other's.",
        "honua {\n  instances = 2\n}\ndata_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data "
        "Source=:memory:\"\n}\n",
        "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data Source=/data/city.db\"\n}\n"},
    RuleInfo{
        &path_relative,
        "Started from another folder, the server finds no database there and may create an empty one.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"sqlite\"\n  connection   = \"Data Source=./city.db\"\n"
        "  health_check = \"SELECT 1\"\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"sqlite\"\n  connection   = \"Data Source=/data/city.db\"\n"
        "  health_check = \"SELECT 1\"\n}\n"},
    RuleInfo{
        &same_connection, "Two pools share what one database bears, and most often one connection is a slip.",
        "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data "
        "Source=/data/city.db\"\n}\ndata_source \"archive\" {\n  provider   = \"sqlite\"\n  connection = "
        "\"Data Source=/data/city.db\"\n}\nservice \"ogc_api\" {\n  enabled = true\n}\nservice \"odata\" {\n "
        " enabled = true\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  data_source = data_source.db\n  "
        "table       = \"roads\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n}\nlayer "
        "\"parks\" {\n  title       = \"Parks\"\n  data_source = data_source.archive\n  table       = "
        "\"parks\"\n  id_field    = \"id\"\n  services    = [service.odata]\n}\n",
        "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data Source=/data/city.db\"\n}\n"},
};

}  // namespace

const Area data_source_area{units, rules};

}  // namespace honua::validation
