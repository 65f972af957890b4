// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>

#include "validation/areas.h"

// The `honua` block: version, environment, log level, pages and hosts that may call.
namespace honua::validation {

namespace {

constexpr Rule version_blank{"H1001", "version-blank", Severity::error, "server",
                             "`honua.version` is not blank"};
constexpr Rule version_unknown{"H1002", "version-unknown", Severity::warning, "server",
                               "`honua.version` is a version that the server knows"};
constexpr Rule environment_blank{"H1003", "environment-blank", Severity::error, "server",
                                 "`honua.environment` is not blank"};
constexpr Rule log_level_unknown{"H1004", "log-level-unknown", Severity::error, "server",
                                 "a log level is one that the server knows"};
constexpr Rule cors_credentials{"H1005", "cors-credentials-for-all", Severity::error, "server",
                                "`cors` lets pages of any origin send no credentials"};
constexpr Rule cors_empty{"H1006", "cors-without-origins", Severity::warning, "server",
                          "`cors` names the origins that it is for"};
constexpr Rule instances_few{"H1008", "instances-too-few", Severity::error, "server",
                             "`honua.instances` is at least 1"};
constexpr Rule cors_any_origin{"H2011", "cors-any-origin", Severity::warning, "security",
                               "a server in production does not answer pages of any origin"};
constexpr Rule origin_star{"H5106", "cors-origin-star", Severity::error, "security",
                           "`*` is none of the allowed origins"};
constexpr Rule origin_malformed{"H5107", "cors-origin-malformed", Severity::error, "security",
                                "an origin is a scheme, a host and perhaps a port"};
constexpr Rule origin_insecure{"H5117", "cors-origin-insecure", Severity::warning, "security",
                               "origins in production use HTTPS and belong to somebody"};
constexpr Rule hosts_open{"H5108", "allowed-hosts-open", Severity::warning, "security",
                          "a server in production names the hosts that it answers to"};
constexpr Rule host_malformed{"H5118", "allowed-host-malformed", Severity::error, "security",
                              "an allowed host is a host's name alone"};

constexpr Rule cors_max_age{"H1007", "cors-max-age-negative", Severity::error, "server",
                            "`cors.max_age` is not negative"};

void check_version(const Block& honua, Check& check) {
  const Setting* version = honua.find("version");
  if (is_blank(version)) {
    check.report(version_blank, version->range, "the version is blank").suggest("write `version = \"1.0\"`");
    return;
  }
  const auto text = text_of(version);
  if (text && !text->starts_with("1.")) {
    check
        .report(version_unknown, version->range,
                "the server knows the versions 1.x, this is " + shown(*version))
        .suggest("write `version = \"1.0\"`");
  }
}

void check_environment(const Block& honua, Check& check) {
  const Setting* environment = honua.find("environment");
  if (!is_blank(environment)) return;
  check.report(environment_blank, environment->range, "the environment's name is blank")
      .suggest("name it, for instance `production`, or remove the line for `development`");
}

void check_level(const Block& honua, Check& check) {
  const Setting* level = honua.find("log_level");
  if (level != nullptr && level->schema() != nullptr)
    check_log_level(*level, log_level_unknown, level->schema()->values, check);
}

// --- cors

const Setting* cors_of(const Block& honua) {
  const Setting* cors = honua.find("cors");
  return cors != nullptr && cors->is(SettingKind::object) ? cors : nullptr;
}

std::string shown_entry(const Setting& text) {
  return text.sensitive ? "of the environment" : quoted(*text.text());
}

void check_cors(const Block& honua, Check& check) {
  const Setting* cors = cors_of(honua);
  if (cors == nullptr) return;
  const Setting* any = cors->find("allow_any_origin");
  const Setting* credentials = cors->find("allow_credentials");
  const bool is_any = flag_of(any).value_or(false);
  if (is_any && flag_of(credentials).value_or(false)) {
    check.report(cors_credentials, credentials->range, "pages of any origin may send credentials")
        .label(any->range, "any origin")
        .suggest("name the origins in `allowed_origins`");
  }
  if (is_any && check.is_production()) {
    check.report(cors_any_origin, any->range, "pages of any origin may call a server in production")
        .suggest("name the origins in `allowed_origins`");
  }
  const Setting* origins = cors->find("allowed_origins");
  const bool is_empty = is_absent(origins) || (origins->is(SettingKind::list) && origins->items().empty());
  const bool is_not_any = is_absent(any) || any->boolean() == false;
  if (is_empty && is_not_any) {
    check
        .report(cors_empty, is_absent(origins) ? cors->name_range() : origins->range,
                "`cors` names no origin: browsers will refuse the answers to all pages")
        .suggest("add `allowed_origins = [\"https://...\"]`, or remove `cors`");
  }
}

void check_instances(const Block& honua, Check& check) {
  const Setting* instances = honua.find("instances");
  const double count = number_of(instances).value_or(1);
  if (count < 1) {
    check.report(instances_few, instances->range, "there are fewer instances than one")
        .suggest("the least is 1");
  } else if (count > config::int32_most) {
    check.report(instances_few, instances->range, "there are more instances than can be counted")
        .suggest("the most is 2147483647");
  }
}

// What keeps an origin from ever matching, or "".
std::string_view fault_of_origin(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos || scheme == 0) return "has no scheme";
  const std::string_view rest = origin.substr(scheme + 3);
  if (rest.ends_with("/") && rest.find('/') + 1 == rest.size()) return "ends in `/`";
  if (rest.find_first_of("/?#") != std::string_view::npos) return "has a path";
  if (rest.empty() || rest.find_first_of("@ ,;") != std::string_view::npos) return "is not a host's";
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos || rest.ends_with("]")) return "";
  const std::string_view port = rest.substr(colon + 1);
  const bool is_number = std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number && !port.empty() ? "" : "has a port that is no number";
}

// Of an origin without faults.
bool is_local(std::string_view origin) {
  const std::string_view host = origin.substr(origin.find("://") + 3);
  return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

void check_origin(const Setting& origin, Check& check) {
  const std::string_view text = *origin.text();
  if (same_word(text, "null")) {
    check.report(origin_insecure, origin.range, "the origin `null` is that of every page without one")
        .suggest("remove it: any page can pretend to have no origin");
    return;
  }
  const std::string_view fault = fault_of_origin(text);
  if (!fault.empty()) {
    check
        .report(origin_malformed, origin.range,
                "the origin " + shown_entry(origin) + " " + std::string(fault) + ": it never matches")
        .suggest("write it as `https://HOST` or `https://HOST:PORT`, without anything behind");
  } else if (check.is_production() && is_local(text)) {
    check
        .report(origin_insecure, origin.range,
                "the origin " + shown_entry(origin) + " is a developer's machine")
        .suggest("allow it in development only");
  } else if (check.is_production() && lower(text.substr(0, 7)) == "http://") {
    check.report(origin_insecure, origin.range, "the origin " + shown_entry(origin) + " is one without TLS")
        .suggest("write `https://`");
  }
}

void check_origins(const Block& honua, Check& check) {
  const Setting* cors = cors_of(honua);
  const Setting* origins = cors == nullptr ? nullptr : cors->find("allowed_origins");
  if (origins == nullptr) return;
  const Setting* credentials = cors->find("allow_credentials");
  const bool with_credentials = flag_of(credentials).value_or(false);
  for (const Setting& origin : origins->items()) {
    const auto text = text_of(&origin);
    if (!text) continue;
    if (*text != "*") {
      check_origin(origin, check);
      continue;
    }
    auto& made = check.report_as(with_credentials ? Severity::error : Severity::warning, origin_star,
                                 origin.range, "`*` is in the list of allowed origins");
    if (with_credentials) made.label(credentials->range, "pages may send credentials");
    made.suggest(with_credentials ? "name the origins"
                                  : "write `allow_any_origin = true` instead, or name the origins");
  }
}

// --- allowed_hosts

void check_host(const Setting& host, Check& check) {
  const auto text = text_of(&host);
  if (!text || *text == "*") return;
  std::string_view rest = *text;
  // An address of IPv6 stands in brackets.
  if (rest.starts_with("[")) rest.remove_prefix(std::min(rest.find(']'), rest.size()));
  const bool is_fine = !is_blank(&host) && rest.find_first_of(":/?#@ ,;") == std::string_view::npos;
  if (is_fine) return;
  check
      .report(host_malformed, host.range,
              "the allowed host " + shown_entry(host) + " is not a host's name alone")
      .suggest("leave out scheme, port and path: `maps.example.org`");
}

void check_hosts(const Block& honua, Check& check) {
  const Setting* hosts = honua.find("allowed_hosts");
  if (!is_absent(hosts) && !hosts->is(SettingKind::list)) return;
  const bool is_empty = is_absent(hosts) || hosts->items().empty();
  if (is_empty && check.is_production()) {
    check
        .report(hosts_open, is_absent(hosts) ? honua.label_range : hosts->range,
                "the server names no `allowed_hosts`: it answers to every name")
        .suggest("add `allowed_hosts = [\"maps.example.org\"]` with your names");
  }
  if (is_empty) return;
  for (const Setting& host : hosts->items()) {
    check_host(host, check);
    if (!check.is_production() || text_of(&host) != "*") continue;
    check.report(hosts_open, host.range, "with `*` the server answers to every name")
        .suggest("name the hosts");
  }
}

void check_cors_max_age(const Block& honua, Check& check) {
  const Setting* cors = honua.find("cors");
  const Setting* age = cors == nullptr ? nullptr : cors->find("max_age");
  const auto seconds = number_of(age);
  if (!seconds || (*seconds >= 0 && *seconds <= config::int32_most)) return;
  check
      .report(cors_max_age, age->range,
              *seconds < 0 ? "`max_age` is below 0" : "`max_age` is larger than the server can read")
      .suggest("it counts seconds; 0 keeps nothing");
}

constexpr std::array units = {
    each(BlockType::honua, &check_cors_max_age), each(BlockType::honua, &check_version),
    each(BlockType::honua, &check_environment),  each(BlockType::honua, &check_level),
    each(BlockType::honua, &check_cors),         each(BlockType::honua, &check_instances),
    each(BlockType::honua, &check_origins),      each(BlockType::honua, &check_hosts),
};

constexpr std::array rules = {
    RuleInfo{&version_blank, "The server refuses to start without a version.",
             "honua {\n  version = \"\"\n}\n", "honua {\n  version = \"1.0\"\n}\n"},
    RuleInfo{&version_unknown, "The version is that of the configuration's format, not of your data.",
             "honua {\n  version = \"2.0\"\n}\n", "honua {\n  version = \"1.0\"\n}\n"},
    RuleInfo{&environment_blank, "Checks for production and `required_in` need to know where they are.",
             "honua {\n  environment = \" \"\n}\n", "honua {\n  environment = \"staging\"\n}\n"},
    RuleInfo{&log_level_unknown, "The server refuses to start with a level that it does not know.",
             "honua {\n  log_level = \"info\"\n}\n", "honua {\n  log_level = \"information\"\n}\n"},
    RuleInfo{&cors_credentials,
             "Any page could act in the name of a user who is logged in. Browsers and the server refuse it.",
             "honua {\n  cors {\n    allow_any_origin  = true\n    allow_credentials = true\n  }\n}\n",
             "honua {\n  cors {\n    allowed_origins   = [\"https://city.example\"]\n    allow_credentials = "
             "true\n  }\n}\n"},
    RuleInfo{&cors_empty, "Whoever writes `cors` wants pages to call the server; without origins none can.",
             "honua {\n  cors {\n    max_age = 600\n  }\n}\n",
             "honua {\n  cors {\n    allowed_origins = [\"https://city.example\"]\n    max_age         = "
             "600\n  }\n}\n"},
    RuleInfo{&cors_max_age, "Browsers ignore an answer that is kept for less than no time.",
             "honua {\n  cors {\n    allowed_origins = [\"https://city.example\"]\n    max_age         = "
             "-1\n  }\n}\n",
             "honua {\n  cors {\n    allowed_origins = [\"https://city.example\"]\n    max_age         = 0\n "
             " }\n}\n"},
    RuleInfo{&instances_few, "Checks multiply by this number.", "honua {\n  instances = 0\n}\n",
             "honua {\n  instances = 1\n}\n"},
    RuleInfo{&cors_any_origin, "Any page on the web can use the server in its visitors' browsers.",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  cors {\n    allow_any_origin = true\n  }\n  security {\n    "
             "require_https = true\n    hsts_enabled  = true\n  }\n}\n",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  cors {\n    allowed_origins = [\"https://city.example\"]\n  }\n  "
             "security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"},
    RuleInfo{&origin_star,
             "The server compares origins as a whole; for all origins there is a switch, which refuses "
             "credentials.",
             "honua {\n  cors {\n    allowed_origins = [\"*\"]\n  }\n}\n",
             "honua {\n  cors {\n    allow_any_origin = true\n  }\n}\n"},
    RuleInfo{&origin_malformed,
             "Browsers send an origin without a path. One that is written otherwise never matches.",
             "honua {\n  cors {\n    allowed_origins = [\"https://city.example/\"]\n  }\n}\n",
             "honua {\n  cors {\n    allowed_origins = [\"https://city.example\"]\n  }\n}\n"},
    RuleInfo{&origin_insecure,
             "A page that comes without TLS, or from anywhere, can be made by anybody on the network.",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  cors {\n    allowed_origins = [\"http://city.example\"]\n  }\n  "
             "security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n",
             "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
             "[\"maps.example.org\"]\n  cors {\n    allowed_origins = [\"https://city.example\"]\n  }\n  "
             "security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"},
    RuleInfo{
        &hosts_open, "Links and caches can be poisoned by requests that claim to be for another host.",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  security {\n    "
        "require_https = true\n    hsts_enabled  = true\n  }\n}\n",
        "honua {\n  version       = \"1.0\"\n  environment   = \"production\"\n  allowed_hosts = "
        "[\"maps.example.org\"]\n  security {\n    require_https = true\n    hsts_enabled  = true\n  }\n}\n"},
    RuleInfo{&host_malformed,
             "The server compares with the host's name only, so that this one never matches.",
             "honua {\n  allowed_hosts = [\"https://maps.example.org\"]\n}\n",
             "honua {\n  allowed_hosts = [\"maps.example.org\"]\n}\n"},
};

}  // namespace

const Area server_area{units, rules};

}  // namespace honua::validation
