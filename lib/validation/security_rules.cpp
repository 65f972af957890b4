// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "connection/connection_text.h"
#include "validation/areas.h"

// Secrets, connections, and who may write.
namespace honua::validation {

namespace {

using connection::ConnectionText;
using connection::has_default_credential;
using connection::has_literal_secret;
using connection::has_local_host;
using connection::is_default_credential;
using connection::is_placeholder;
using connection::parse_connection;
using connection::parse_redis_connection;

constexpr Rule secret_in_connection{"H5101", "connection-secret", Severity::error, "security",
                                    "a connection string does not spell out a password or key"};
constexpr Rule secret_in_text{"H5102", "secret-in-text", Severity::error, "security",
                              "no string is a key or a token"};
constexpr Rule default_credential{"H5103", "default-credentials", Severity::warning, "security",
                                  "a connection does not use a password that everybody knows"};
constexpr Rule unprotected{"H5104", "connection-unprotected", Severity::warning, "security",
                           "connections in production are protected by TLS"};
constexpr Rule open_redis{"H5105", "redis-open", Severity::warning, "security",
                          "a Redis in production asks for a password or is protected by TLS"};
constexpr Rule anonymous_writes{"H5109", "anonymous-writes", Severity::error, "security",
                                "who writes a layer that everybody may read must be a user"};
constexpr Rule writes_without_permissions{"H5110", "writes-without-permissions", Severity::warning,
                                          "security",
                                          "layers that clients may write have `permissions` in production"};
constexpr Rule transport_insecure{"H5111", "transport-insecure", Severity::warning, "security",
                                  "a server in production requires HTTPS"};
constexpr Rule anonymous_sql{"H5112", "anonymous-sql", Severity::warning, "security",
                             "nobody asks SQL in production without being a user"};
constexpr Rule secret_in_storage{"H5113", "storage-secret", Severity::warning, "security",
                                 "a storage does not spell out a key"};
constexpr Rule local_host{"H5116", "connection-local", Severity::warning, "security",
                          "connections in production do not lead to the server's own machine"};
constexpr Rule storage_plain_http{"H5119", "storage-plain-http", Severity::warning, "security",
                                  "a storage is reached over HTTPS"};

Severity graver_in_production(const Check& check) {
  return check.is_production() ? Severity::error : Severity::warning;
}

// The value, or what the file says of it.
std::optional<std::string> known_text(const Setting* setting, const Check& check) {
  if (const auto text = text_of(setting)) return std::string(*text);
  return check.text_in_file(setting);
}

// Stands for a connection, not for a part of one.
bool is_whole_placeholder(std::string_view text) {
  return is_placeholder(text) && text.find('=') == std::string_view::npos &&
         text.find("://") == std::string_view::npos;
}

ConnectionText parse_of(const Block& block, std::string_view text) {
  return block.type() == BlockType::cache ? parse_redis_connection(text) : parse_connection(text);
}

// The connection of a data source, a cache or a service.
const Setting* connection_of(const Block& block) {
  return block.find(block.type() == BlockType::service ? "connection_string" : "connection");
}

// --- Secrets

void check_connection_secret(const Block& block, Check& check) {
  const Setting* setting = connection_of(block);
  const auto text = check.text_in_file(setting);
  if (!text || is_whole_placeholder(*text)) return;
  const ConnectionText connection = parse_of(block, *text);
  if (has_literal_secret(connection)) {
    check
        .report_as(graver_in_production(check), secret_in_connection, setting->range,
                   quoted(setting->name()) + " of " + address(block) + " spells out a secret")
        .suggest("put it into the environment: `" + std::string(setting->name()) + " = env(\"NAME\")`");
  }
  if (has_default_credential(connection)) {
    check
        .report_as(graver_in_production(check), default_credential, setting->range,
                   "the connection uses a password that everybody tries first")
        .suggest("choose another one, and put it into the environment");
  }
}

void report_storage_secret(const Setting& setting, bool is_default, Check& check) {
  const Rule& rule = is_default ? default_credential : secret_in_storage;
  check
      .report_as(graver_in_production(check), rule, setting.range,
                 is_default ? "the storage's key is one that everybody tries first"
                            : quoted(setting.name()) + " spells out a secret")
      .suggest("put it into the environment: `" + std::string(setting.name()) + " = env(\"NAME\")`");
}

void check_storage(const Block& storage, Check& check) {
  if (const Setting* s3 = storage.find("s3")) {
    const Setting* secret = s3->find("secret_access_key");
    const auto text = check.text_in_file(secret);
    if (secret != nullptr && text && !is_placeholder(*text)) {
      const auto id = check.text_in_file(s3->find("access_key_id"));
      report_storage_secret(*secret, is_default_credential(id.value_or(""), *text), check);
    }
    const Setting* url = s3->find("service_url");
    const auto service = text_of(url);
    if (service && lower(service->substr(0, 7)) == "http://" && !has_local_host(parse_connection(*service))) {
      check.report(storage_plain_http, url->range, "the storage is reached over plain HTTP")
          .suggest("use `https://`");
    }
  }
  const Setting* azure = storage.find("azure");
  const Setting* connection = azure == nullptr ? nullptr : azure->find("connection_string");
  const auto text = check.text_in_file(connection);
  if (connection != nullptr && text && has_literal_secret(parse_connection(*text)))
    report_storage_secret(*connection, false, check);
}

// --- Strings that look like secrets

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_base64url(char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }

// How many characters from `at` on are such.
std::size_t run_length(std::string_view text, std::size_t at, bool (*is_such)(char)) {
  std::size_t end = std::min(at, text.size());
  while (end < text.size() && is_such(text[end])) ++end;
  return end - std::min(at, text.size());
}

bool has_aws_key(std::string_view text) {
  constexpr std::size_t key_length = 20;
  const auto is_key_character = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  for (const std::string_view start : {"AKIA", "ASIA"}) {
    for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
      if (at > 0 && is_alphanumeric(text[at - 1])) continue;
      if (run_length(text, at, is_alphanumeric) != key_length) continue;
      const std::string_view key = text.substr(at, key_length);
      // The key of Amazon's own examples ends so.
      if (std::all_of(key.begin(), key.end(), is_key_character) && !key.ends_with("EXAMPLE")) return true;
    }
  }
  return false;
}

bool has_private_key(std::string_view text) {
  const std::size_t at = text.find("-----BEGIN ");
  return at != std::string_view::npos && text.find("PRIVATE KEY-----", at) != std::string_view::npos;
}

bool has_token(std::string_view text) {
  constexpr std::size_t least_part = 8;
  for (std::size_t at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
    const std::size_t header = run_length(text, at, is_base64url);
    const std::size_t second = at + header + 1;
    if (header < least_part || text.substr(at + header, 4) != ".eyJ") continue;
    const std::size_t body = run_length(text, second, is_base64url);
    if (text.substr(second + body, 1) != ".") continue;
    if (run_length(text, second + body + 1, is_base64url) >= least_part) return true;
  }
  return false;
}

std::string_view secret_in(std::string_view text) {
  constexpr std::size_t shortest_secret = 20;
  if (text.size() < shortest_secret) return "";
  if (has_aws_key(text)) return "an access key of Amazon's";
  if (has_private_key(text)) return "a private key";
  return has_token(text) ? "a token" : "";
}

// Settings about which other rules speak.
bool is_checked_elsewhere(const Setting& setting, std::string_view text) {
  if (setting.name() == "access_key_id" || setting.name() == "secret_access_key") return true;
  if (setting.name() != "connection" && setting.name() != "connection_string") return false;
  return has_literal_secret(parse_connection(text));
}

void check_text(const Setting& setting, std::string_view text, Check& check) {
  const std::string_view secret = secret_in(text);
  if (secret.empty() || is_checked_elsewhere(setting, text)) return;
  check
      .report_as(graver_in_production(check), secret_in_text, setting.range,
                 "this text looks like " + std::string(secret))
      .suggest("put it into the environment: `env(\"NAME\")`; a secret that was published must be replaced");
}

void check_texts(std::span<const Setting> settings, SourceRange around, Check& check) {
  for (const Setting& one : settings) {
    check_texts(one.items(), one.range, check);
    // Nearly all of a configuration are known texts: they are looked at where they are.
    if (!one.sensitive && one.is_known()) {
      if (const auto text = one.text()) check_text(one, *text, check);
      continue;
    }
    // Elements of a computed list stand where the list does.
    if (one.range == around) continue;
    if (const auto text = check.text_in_file(&one)) check_text(one, *text, check);
  }
}

void check_texts_of(const Block& block, Check& check) { check_texts(block.settings, {}, check); }

// --- Connections in production

bool has_no_tls(const ConnectionText& connection) {
  const auto says = [&](std::string_view key, std::initializer_list<std::string_view> values) {
    return std::ranges::any_of(values, [&](std::string_view value) { return connection.says(key, value); });
  };
  return says("ssl mode", {"disable", "disabled", "none"}) || says("encrypt", {"false", "no", "optional"});
}

void check_database_connection(const Block& source, Check& check) {
  const Setting* setting = connection_of(source);
  const auto text = known_text(setting, check);
  if (!check.is_production() || !text || is_whole_placeholder(*text)) return;
  const ConnectionText connection = parse_of(source, *text);
  if (has_local_host(connection)) {
    check.report(local_host, setting->range, address(source) + " is connected to the server's own machine")
        .suggest("in production, name the machine with the database");
    return;
  }
  const auto report = [&](std::string message, std::string help) {
    check.report(unprotected, setting->range, std::move(message)).suggest(std::move(help));
  };
  if (has_no_tls(connection)) {
    report("the connection of " + address(source) + " turns TLS off",
           "require TLS: passwords and data are readable else");
  } else if (connection.says("trust server certificate", "true") ||
             connection.says("trust server certificate", "yes")) {
    report("the connection of " + address(source) + " trusts every certificate",
           "let the server's certificate be checked: anybody can claim to be the database else");
  }
}

void check_redis(const Block& cache, Check& check) {
  const Setting* setting = connection_of(cache);
  const auto text = known_text(setting, check);
  if (!check.is_production() || !is_surely_enabled(cache) || !same_word(cache_type(cache), "redis")) return;
  if (!text || is_blank_text(*text) || is_whole_placeholder(*text)) return;
  const ConnectionText connection = parse_redis_connection(*text);
  if (has_local_host(connection)) {
    check.report(local_host, setting->range, address(cache) + " is connected to the server's own machine")
        .suggest("in production, name the machine with Redis");
    return;
  }
  // Where a part is not known, it may be that one.
  if (!text_of(setting)) return;
  const Setting* settings = cache.find("settings");
  const Setting* tls = settings == nullptr ? nullptr : settings->find("ssl");
  const bool may_have_tls = connection.scheme == "rediss" || connection.says("ssl", "true") ||
                            (tls != nullptr && !is_absent(tls) && tls->boolean() != false);
  if (may_have_tls || connection.find("password") != nullptr) return;
  check.report(open_redis, setting->range, address(cache) + " has neither a password nor TLS")
      .suggest("add `password=...` and `ssl=true`, and put the connection into the environment");
}

// --- Who may write

const Setting* permission(const Block& layer, std::string_view name) {
  const Setting* permissions = layer.find("permissions");
  return permissions == nullptr ? nullptr : permissions->find(name);
}

void check_anonymous(const Block& layer, Check& check) {
  const Setting* read = permission(layer, "allow_anonymous_read");
  if (!flag_of(read).value_or(false)) return;
  const Setting* write = permission(layer, "require_auth_write");
  if (!is_absent(write) && write->boolean() != false) return;
  for (const Block* service : check.services_of(layer)) {
    const Setting* writes = is_surely_enabled(*service) ? write_switch(*service) : nullptr;
    if (writes == nullptr) continue;
    check
        .report(anonymous_writes, is_absent(write) ? read->range : write->range,
                address(layer) + " may be written by everybody through " + address(*service))
        .label(writes->range, "clients may write")
        .suggest("add `require_auth_write = true`");
    return;
  }
}

void check_permissions(const Block& service, Check& check) {
  if (!check.is_production() || !is_surely_enabled(service)) return;
  const Setting* writes = write_switch(service);
  if (writes == nullptr) return;
  for (const Block* layer : check.layers_of(service)) {
    if (!is_absent(layer->find("permissions"))) continue;
    check
        .report(writes_without_permissions, writes->range,
                "clients may write " + address(*layer) + ", which has no `permissions`")
        .label(layer->label_range, "the layer")
        .suggest("add `permissions { require_auth_write = true }` to the layer");
    return;
  }
}

void check_transport(const Block& honua, Check& check) {
  if (!check.is_production()) return;
  const Setting* security = honua.find("security");
  if (is_absent(security)) {
    check.report(transport_insecure, honua.label_range, "nothing makes clients use HTTPS")
        .suggest("add `security { require_https = true ... }` with `hsts_enabled = true`");
    return;
  }
  for (const std::string_view name : {"require_https", "hsts_enabled"}) {
    const Setting* flag = security->find(name);
    if (!security->is_known() || (!is_absent(flag) && flag->boolean() != false)) continue;
    check
        .report(transport_insecure, is_absent(flag) ? security->name_range() : flag->range,
                quoted(name) + (is_absent(flag) ? " is not on" : " is off"))
        .suggest("write `" + std::string(name) + " = true`");
  }
}

// SQL reaches tables whether or not their layers are listed for the service.
void check_sql(Check& check) {
  if (!check.is_production()) return;
  const auto& services = check.configuration().of(BlockType::service);
  const auto carto = std::find_if(services.begin(), services.end(), [](const Block& service) {
    return service_type(service) == "carto" && is_surely_enabled(service);
  });
  if (carto == services.end()) return;
  for (const Block& layer : check.configuration().of(BlockType::layer)) {
    const Setting* read = permission(layer, "allow_anonymous_read");
    if (!flag_of(read).value_or(false)) continue;
    check.report(anonymous_sql, carto->label_range, "everybody may send SQL about " + address(layer))
        .label(read->range, "everybody may read the layer")
        .suggest("disable the service in production, or let only users read");
    return;
  }
}

constexpr std::array units = {
    each(BlockType::data_source, &check_connection_secret),
    each(BlockType::cache, &check_connection_secret),
    each(BlockType::service, &check_connection_secret),
    each(BlockType::attachment_storage, &check_storage),
    each(BlockType::honua, &check_texts_of),
    each(BlockType::data_source, &check_texts_of),
    each(BlockType::service, &check_texts_of),
    each(BlockType::layer, &check_texts_of),
    each(BlockType::cache, &check_texts_of),
    each(BlockType::variable, &check_texts_of),
    each(BlockType::attachment_storage, &check_texts_of),
    each(BlockType::observability, &check_texts_of),
    each(BlockType::data_source, &check_database_connection),
    each(BlockType::service, &check_database_connection),
    each(BlockType::cache, &check_redis),
    each(BlockType::layer, &check_anonymous),
    each(BlockType::service, &check_permissions),
    each(BlockType::honua, &check_transport),
    once(&check_sql),
};

constexpr std::array rules = {
    RuleInfo{
        &secret_in_connection,
        "Whoever reads the file, its history or a copy of it has the secret. In production this is an error.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "\"Host=db.example.org;Database=city;Username=maps;Password=swordfish\"\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{
        &secret_in_text,
        "Whoever reads the file, its history or a copy of it has the secret. In production this is an error.",
        "layer \"roads\" {\n  title       = \"Roads\"\n  description = \"made with AKIAZZ7Q2X4B9K1M3N5P\"\n  "
        "data_source = data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services  "
        "  = "
        "[service.ogc_api]\n}\n",
        "layer \"roads\" {\n  title       = \"Roads\"\n  description = \"made by the city\"\n  "
        "data_source = data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services  "
        "  = "
        "[service.ogc_api]\n}\n"},
    RuleInfo{
        &default_credential, "A password that everybody knows protects nothing.",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = "
        "\"Host=db.example.org;Database=city;Username=postgres;Password=postgres\"\n}\n",
        "data_source \"db\" {\n  provider   = \"postgresql\"\n  connection = env(\"DATABASE_URL\")\n}\n"},
    RuleInfo{
        &unprotected,
        "Without TLS, or without checking whose it is, the network can read and change the data.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
        "\"Host=db.example.org;Database=city;Username=maps;SSL Mode=Disable\"\n  health_check = \"SELECT "
        "1\"\n  pool {\n   "
        " "
        "max_size = 20\n  }\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
        "\"Host=db.example.org;Database=city;Username=maps;SSL Mode=VerifyFull\"\n  health_check = \"SELECT "
        "1\"\n  pool "
        "{\n    "
        "max_size = 20\n  }\n}\n"},
    RuleInfo{
        &open_redis, "Whoever reaches such a Redis reads and changes what the server keeps in it.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "cache \"redis\" {\n  type        = \"redis\"\n  connection  = \"cache.example.org:6379\"\n  "
        "required_in = "
        "[\"production\"]\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "cache \"redis\" {\n  type        = \"redis\"\n  connection  = \"cache.example.org:6379,ssl=true\"\n "
        " "
        "required_in = [\"production\"]\n}\n"},
    RuleInfo{&anonymous_writes, "Everybody on the network can change or delete the data.",
             "service \"odata\" {\n  allow_writes = true\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  "
             "data_source = "
             "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
             "[service.odata]\n  permissions {\n    allow_anonymous_read = true\n  }\n}\n",
             "service \"odata\" {\n  allow_writes = true\n}\nlayer \"roads\" {\n  title       = \"Roads\"\n  "
             "data_source = "
             "data_source.db\n  table       = \"public.roads\"\n  id_field    = \"id\"\n  services    = "
             "[service.odata]\n  permissions {\n    allow_anonymous_read = true\n    require_auth_write   = "
             "true\n  }\n}\n"},
    RuleInfo{
        &writes_without_permissions,
        "Without `permissions` nothing in the file says that writers must be users.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"wfs\" {\n  enable_transactions = true\n  lock_manager        = \"redis\"\n}\nlayer "
        "\"roads\" {\n  "
        "title       = \"Roads\"\n  data_source = data_source.db\n  table       = \"public.roads\"\n  "
        "id_field    = "
        "\"id\"\n  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n  "
        "services "
        "= [service.wfs]\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "service \"wfs\" {\n  enable_transactions = true\n  lock_manager        = \"redis\"\n}\nlayer "
        "\"roads\" {\n  "
        "title       = \"Roads\"\n  data_source = data_source.db\n  table       = \"public.roads\"\n  "
        "id_field    = "
        "\"id\"\n  geometry {\n    column = \"geom\"\n    type   = \"LineString\"\n    srid   = 4326\n  }\n  "
        "services "
        "= [service.wfs]\n  permissions {\n    require_auth_write = true\n  }\n}\n"},
    RuleInfo{
        &transport_insecure, "Over plain HTTP passwords and data can be read and changed on their way.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"},
    RuleInfo{&anonymous_sql, "Queries in SQL can be made so costly that the database answers nobody else.",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  "
             "}\n}\nservice \"carto\" {\n  enabled = true\n}\nservice \"ogc_api\" {\n  enabled = "
             "true\n}\nlayer \"visits\" {\n  title       = \"Visits\"\n  data_source = data_source.db\n  "
             "table       = \"public.visits\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n  "
             "permissions {\n    allow_anonymous_read = true\n  }\n}\n",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  "
             "}\n}\nservice \"carto\" {\n  enabled = true\n}\nservice \"ogc_api\" {\n  enabled = "
             "true\n}\nlayer \"visits\" {\n  title       = \"Visits\"\n  data_source = data_source.db\n  "
             "table       = \"public.visits\"\n  id_field    = \"id\"\n  services    = [service.ogc_api]\n  "
             "permissions {\n    allow_anonymous_read = false\n  }\n}\n"},
    RuleInfo{
        &secret_in_storage,
        "Whoever reads the file, its history or a copy of it has the secret. In production this is an error.",
        "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name       = "
        "\"city-photos\"\n    "
        "region            = \"eu-central-1\"\n    access_key_id     = \"photos\"\n    secret_access_key = "
        "\"swordfish\"\n  }\n}\n",
        "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name       = "
        "\"city-photos\"\n    "
        "region            = \"eu-central-1\"\n    access_key_id     = env(\"PHOTOS_KEY\")\n    "
        "secret_access_key = "
        "env(\"PHOTOS_SECRET\")\n  }\n}\n"},
    RuleInfo{
        &local_host, "In a container or on another machine than the developer's there is no such database.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
        "\"Host=localhost;Database=city;Username=maps\"\n  health_check = \"SELECT 1\"\n  pool {\n    "
        "max_size = 20\n  "
        "}\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"
        "data_source \"db\" {\n  provider     = \"postgresql\"\n  connection   = "
        "\"Host=db.example.org;Database=city;Username=maps\"\n  health_check = \"SELECT 1\"\n  pool {\n    "
        "max_size = 20\n "
        " }\n}\n"},
    RuleInfo{&storage_plain_http,
             "Over plain HTTP keys and attachments can be read and changed on their way.",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    "
             "service_url = \"http://storage.example.org\"\n  }\n}\n",
             "attachment_storage \"photos\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = "
             "\"city-photos\"\n    "
             "service_url = \"https://storage.example.org\"\n  }\n}\n"},
};

}  // namespace

const Area security_area{units, rules};

}  // namespace honua::validation
