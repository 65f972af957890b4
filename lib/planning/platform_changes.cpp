// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "planning/connection_changes.h"
#include "planning/cors_changes.h"
#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"
#include "text/unicode.h"

// `honua`, `logging`, `observability`, `attachment_storage`, `import`.
namespace honua::planning {

namespace {

using text::quoted;

constexpr ChangeRule environment_changed{
    .rule = plan_rule("P8001", "environment-changed", Level::risky, "the server runs in another environment"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8001",
    .why = "What the server allows and insists on depends on it: production is the strictest.",
    .before = "honua {\n  environment = \"development\"\n}\n",
    .after = "honua {\n  environment = \"staging\"\n}\n"};
constexpr ChangeRule log_more{
    .rule = plan_rule("P8002", "log-level-lowered", Level::neutral, "more is logged"),
    .area = Area::platform,
    .family = "P8002",
    .direction = Direction::more,
    .why = "Logs grow. At `debug` and `trace` they may hold data and headers of requests.",
    .before = "honua {\n  log_level = \"warning\"\n}\n",
    .after = "honua {\n  log_level = \"debug\"\n}\n"};
constexpr ChangeRule log_less{
    .rule = plan_rule("P8502", "log-level-raised", Level::neutral, "less is logged"),
    .area = Area::platform,
    .family = "P8002",
    .direction = Direction::less,
    .why = "What is needed to find a fault may be missing.",
    .before = "honua {\n  log_level = \"debug\"\n}\n",
    .after = "honua {\n  log_level = \"warning\"\n}\n"};
constexpr ChangeRule version_changed{.rule = plan_rule("P8003", "version-changed", Level::neutral,
                                                       "the configuration's format has another version"),
                                     .area = Area::platform,
                                     .family = "P8003",
                                     .why = "The server may read the file otherwise.",
                                     .before = "honua {\n  version = \"1.0\"\n}\n",
                                     .after = "honua {\n  version = \"1.1\"\n}\n"};
constexpr ChangeRule availability_changed{
    .rule =
        plan_rule("P8004", "leader-election-changed", Level::risky, "instances find their leader otherwise"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8004",
    .why =
        "While some instances have the old settings and some the new ones there may be two leaders, or none.",
    .advice = "stop all instances, and start them together",
    .before =
        "honua {\n  high_availability {\n    leader_election {\n      key_prefix = \"a:\"\n    }\n  }\n}\n",
    .after =
        "honua {\n  high_availability {\n    leader_election {\n      key_prefix = \"b:\"\n    }\n  }\n}\n"};
constexpr ChangeRule https_added{
    .rule = plan_rule("P8005", "https-required-added", Level::breaking, "plain HTTP is refused"),
    .level = Level::breaking,
    .security = Security::stronger,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8005",
    .direction = Direction::less,
    .why = "Clients with `http:` addresses fail.",
    .advice = "redirect them in front of the server",
    .before = "honua {\n  security {\n    require_https = false\n  }\n}\n",
    .after = "honua {\n  security {\n    require_https = true\n  }\n}\n"};
constexpr ChangeRule https_removed{
    .rule = plan_rule("P8505", "https-required-removed", Level::additive, "plain HTTP is answered"),
    .level = Level::additive,
    .security = Security::weaker,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8005",
    .direction = Direction::more,
    .why = "Requests and credentials can be read on their way.",
    .before = "honua {\n  security {\n    require_https = true\n  }\n}\n",
    .after = "honua {\n  security {\n    require_https = false\n  }\n}\n"};
constexpr ChangeRule hsts_on{
    .rule = plan_rule("P8015", "hsts-enabled", Level::risky, "browsers are told to stay with HTTPS"),
    .level = Level::risky,
    .security = Security::stronger,
    .area = Area::platform,
    .family = "P8015",
    .direction = Direction::less,
    .why = "Browsers remember it: to go back to HTTP takes as long as they were told.",
    .before = "honua {\n  security {\n    hsts_enabled = false\n  }\n}\n",
    .after = "honua {\n  security {\n    hsts_enabled = true\n  }\n}\n"};
constexpr ChangeRule hsts_off{.rule = plan_rule("P8515", "hsts-disabled", Level::additive,
                                                "browsers are no longer told to stay with HTTPS"),
                              .level = Level::additive,
                              .security = Security::weaker,
                              .area = Area::platform,
                              .family = "P8015",
                              .direction = Direction::more,
                              .why = "A first request may go over HTTP, and be led elsewhere.",
                              .before = "honua {\n  security {\n    hsts_enabled = true\n  }\n}\n",
                              .after = "honua {\n  security {\n    hsts_enabled = false\n  }\n}\n"};
constexpr ChangeRule storage_moved{
    .rule = plan_rule("P8006", "storage-moved", Level::breaking, "attachments are kept elsewhere"),
    .level = Level::breaking,
    .effect = Effect::migrate,
    .area = Area::platform,
    .family = "P8006",
    .why = "Attachments that were uploaded before are not found any more.",
    .advice = "copy them to the new place first",
    .before =
        "attachment_storage \"files\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = \"a\"\n  }\n}\n",
    .after =
        "attachment_storage \"files\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = \"b\"\n  }\n}\n"};
constexpr ChangeRule storage_removed{
    .rule = plan_rule("P8016", "storage-removed", Level::breaking, "attachments have no place any more"),
    .level = Level::breaking,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8016",
    .direction = Direction::less,
    .why = "Attachments are neither found nor taken.",
    .before =
        "attachment_storage \"files\" {\n  provider = \"gcs\"\n  gcs {\n    bucket_name = \"a\"\n  }\n}\n",
    .after = ""};
constexpr ChangeRule storage_added{
    .rule = plan_rule("P8516", "storage-added", Level::additive, "attachments have a place"),
    .level = Level::additive,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8016",
    .direction = Direction::more,
    .why = "Clients may upload attachments where a service offers it.",
    .before = "",
    .after =
        "attachment_storage \"files\" {\n  provider = \"gcs\"\n  gcs {\n    bucket_name = \"a\"\n  }\n}\n"};
constexpr ChangeRule storage_access_changed{
    .rule = plan_rule("P8017", "storage-access-changed", Level::neutral,
                      "the place of attachments is reached otherwise"),
    .effect = Effect::reconnect,
    .area = Area::platform,
    .family = "P8017",
    .why = "The attachments are the same as long as the server may still read them.",
    .advice = "make sure that the new rights allow what the old ones did",
    .before =
        "attachment_storage \"files\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = \"a\"\n    "
        "force_path_style = false\n  }\n}\n",
    .after =
        "attachment_storage \"files\" {\n  provider = \"s3\"\n  s3 {\n    bucket_name = \"a\"\n    "
        "force_path_style = true\n  }\n}\n"};
constexpr ChangeRule observability_changed{
    .rule = plan_rule("P8007", "observability-changed", Level::neutral, "metrics or traces are other ones"),
    .area = Area::platform,
    .family = "P8007",
    .why = "Clients see no difference. Make sure that what is sent stays in your network.",
    .before = "observability {\n  tracing {\n    sample_rate = 0.1\n  }\n}\n",
    .after = "observability {\n  tracing {\n    sample_rate = 1\n  }\n}\n"};
constexpr ChangeRule plugins_changed{
    .rule = plan_rule("P8008", "plugins-changed", Level::risky, "other plugins are loaded"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8008",
    .why =
        "Services come from plugins: some may appear, or not start. A plugin is code that runs in the "
        "server.",
    .before = "honua {\n  plugins {\n    exclude = [\"honua.services.wcs\"]\n  }\n}\n",
    .after = "honua {\n  plugins {\n    exclude = []\n  }\n}\n"};
constexpr ChangeRule instances_changed{.rule = plan_rule("P8009", "instances-changed", Level::neutral,
                                                         "another number of instances is expected"),
                                       .effect = Effect::none,
                                       .area = Area::platform,
                                       .family = "P8009",
                                       .why = "No server reads it: checks of limits and pools do.",
                                       .before = "honua {\n  instances = 1\n}\n",
                                       .after = "honua {\n  instances = 3\n}\n"};
constexpr ChangeRule logging_changed{
    .rule = plan_rule("P8010", "logging-changed", Level::neutral, "logs are written otherwise"),
    .area = Area::platform,
    .family = "P8010",
    .why = "What reads the logs may have to be told. At `debug` and `trace` they may hold data of requests.",
    .before = "logging {\n  format = \"text\"\n}\n",
    .after = "logging {\n  format = \"json\"\n}\n"};
constexpr ChangeRule import_changed{
    .rule = plan_rule("P8012", "import-changed", Level::risky, "another file is taken in"),
    .level = Level::risky,
    .area = Area::platform,
    .family = "P8012",
    .why = "What is in that file is not compared.",
    .before = "import \"a\" {\n  path = \"a.hcl\"\n}\n",
    .after = "import \"a\" {\n  path = \"b.hcl\"\n}\n"};
constexpr ChangeRule other_changed{
    .rule = plan_rule("P8090", "platform-setting-changed", Level::risky,
                      "a setting of the server changed whose meaning is not known here"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::platform,
    .family = "P8090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&environment_changed,
                                  &log_more,
                                  &log_less,
                                  &version_changed,
                                  &availability_changed,
                                  &https_added,
                                  &https_removed,
                                  &hsts_on,
                                  &hsts_off,
                                  &storage_moved,
                                  &storage_removed,
                                  &storage_added,
                                  &storage_access_changed,
                                  &observability_changed,
                                  &plugins_changed,
                                  &instances_changed,
                                  &logging_changed,
                                  &import_changed,
                                  &other_changed};

void grade_environment(const Difference& difference, Grader& grader) {
  Change& made = grader.report(environment_changed, difference, setting_change(difference));
  const auto names = texts(difference);
  if (!names) return;
  const auto is_production = [](const std::string& name) { return text::to_lower(name) == "production"; };
  if (is_production(names->before) == is_production(names->after)) return;
  made.security = is_production(names->after) ? Security::stronger : Security::weaker;
}

int rank_of(const std::string& level) {
  constexpr std::array<std::string_view, 6> levels = {"trace",   "debug", "information",
                                                      "warning", "error", "critical"};
  const auto found = std::ranges::find(levels, text::to_lower(level));
  return static_cast<int>(found - levels.begin());
}

void grade_log_level(const Difference& difference, Grader& grader) {
  const auto names = texts(difference);
  if (!names) return grader.report_undecided(difference);
  const bool is_more = rank_of(names->after) < rank_of(names->before);
  Change& made = grader.report(is_more ? log_more : log_less, difference, setting_change(difference));
  constexpr int debug = 1;
  if (is_more && rank_of(names->after) <= debug) made.security = Security::weaker;
  if (!is_more && rank_of(names->before) <= debug && rank_of(names->after) > debug)
    made.security = Security::stronger;
}

bool is_detailed(const Node& level) {
  constexpr int debug = 1;
  const auto name = level.text();
  return name && rank_of(*name) <= debug;
}

// Of one part of the server: the others log as much as before.
void grade_log_override(const Difference& difference, Grader& grader) {
  Change& made = grader.report(logging_changed, difference, setting_change(difference));
  const bool was = is_detailed(difference.before);
  const bool is = is_detailed(difference.after);
  if (was != is) made.security = is ? Security::weaker : Security::stronger;
}

void grade_tracing_endpoint(const Difference& difference, Grader& grader) {
  grade_as<observability_changed>(difference, grader);
  report_tls_of_url(difference, grader);
}

// Another scheme leads to the same place.
void grade_storage_url(const Difference& difference, Grader& grader) {
  const auto place_of = [](const std::string& url) {
    const std::size_t sign = url.find("://");
    return sign == std::string::npos ? url : url.substr(sign);
  };
  const auto urls = texts(difference);
  const bool is_same_place = urls && place_of(urls->before) == place_of(urls->after);
  grader.report(is_same_place ? storage_access_changed : storage_moved, difference,
                setting_change(difference));
  report_tls_of_url(difference, grader);
}

void grade_https(const Difference& difference, Grader& grader) {
  grade_switch(difference, https_added, https_removed, grader);
}
void grade_hsts(const Difference& difference, Grader& grader) {
  grade_switch(difference, hsts_on, hsts_off, grader);
}

// --- Whole blocks

// What a block says instead of the defaults, setting by setting.
void grade_settings_of(const BlockPair& block, const BlockHandlers& handlers, Grader& grader) {
  std::size_t undecided = 0;
  for (const Difference& one : differences_in(block, handlers.wholes, undecided))
    grade(one, handlers, grader);
}

template <const BlockHandlers& handlers>
void grade_block(const BlockPair& block, Grader& grader) {
  grade_settings_of(block, handlers, grader);
}

void grade_storage_added(const BlockPair& block, Grader& grader) {
  grader.report(storage_added, block, quoted(address_of(block)) + " is added");
}
void grade_storage_removed(const BlockPair& block, Grader& grader) {
  grader.report(storage_removed, block, quoted(address_of(block)) + " is gone");
}
void grade_import_block(const BlockPair& block, Grader& grader) {
  grader.report(import_changed, block,
                quoted(address_of(block)) + (block.after.is_given() ? " is added" : " is gone"));
}

constexpr std::array honua_table = {
    Handler{"version", &grade_as<version_changed>, true},
    Handler{"environment", &grade_environment},
    Handler{"log_level", &grade_log_level},
    Handler{"allowed_hosts", &grade_hosts},
    Handler{"cors.allow_any_origin", &grade_any_origin},
    Handler{"cors.allowed_origins", &grade_origins},
    Handler{"cors.allow_credentials", &grade_credentials},
    Handler{"cors.max_age", &grade_max_age},
    Handler{"high_availability.enabled", &grade_as<availability_changed>},
    Handler{"high_availability.leader_election.*", &grade_as<availability_changed>},
    Handler{"security.require_https", &grade_https},
    Handler{"security.hsts_enabled", &grade_hsts},
    Handler{"plugins.*", &grade_as<plugins_changed>},
    Handler{"instances", &grade_as<instances_changed>, true}};
constexpr std::array logging_table = {Handler{"level", &grade_log_level},
                                      Handler{"format", &grade_as<logging_changed>, true},
                                      Handler{"overrides.*", &grade_log_override, true}};
constexpr std::array observability_table = {Handler{"metrics.*", &grade_as<observability_changed>, true},
                                            Handler{"tracing.endpoint", &grade_tracing_endpoint},
                                            Handler{"tracing.*", &grade_as<observability_changed>, true}};
constexpr std::array storage_table = {Handler{"provider", &grade_as<storage_moved>},
                                      Handler{"s3.bucket_name", &grade_as<storage_moved>},
                                      Handler{"s3.prefix", &grade_as<storage_moved>},
                                      Handler{"s3.region", &grade_as<storage_moved>},
                                      Handler{"s3.service_url", &grade_storage_url},
                                      Handler{"s3.secret_access_key", &grade_credential, true},
                                      Handler{"s3.access_key_id", &grade_credential, true},
                                      Handler{"azure.connection_string", &grade_connection, true},
                                      Handler{"azure.container_name", &grade_as<storage_moved>},
                                      Handler{"azure.prefix", &grade_as<storage_moved>},
                                      Handler{"gcs.bucket_name", &grade_as<storage_moved>},
                                      Handler{"gcs.prefix", &grade_as<storage_moved>},
                                      Handler{"gcs.project_id", &grade_as<storage_moved>},
                                      Handler{"s3.*", &grade_as<storage_access_changed>, true},
                                      Handler{"azure.*", &grade_as<storage_access_changed>, true},
                                      Handler{"gcs.*", &grade_as<storage_access_changed>, true}};
constexpr std::array import_table = {Handler{"*", &grade_as<import_changed>, true}};

}  // namespace

namespace rules {

std::span<const ChangeRule* const> platform_rules() { return all_rules; }

}  // namespace rules

const BlockHandlers honua_handlers{
    config::BlockType::honua,     honua_table, {}, &grade_as<other_changed>, &grade_block<honua_handlers>,
    &grade_block<honua_handlers>, nullptr};
const BlockHandlers logging_handlers{config::BlockType::logging,
                                     logging_table,
                                     {},
                                     &grade_as<logging_changed>,
                                     &grade_block<logging_handlers>,
                                     &grade_block<logging_handlers>,
                                     nullptr};
const BlockHandlers observability_handlers{config::BlockType::observability,
                                           observability_table,
                                           {},
                                           &grade_as<observability_changed>,
                                           &grade_block<observability_handlers>,
                                           &grade_block<observability_handlers>,
                                           nullptr};
const BlockHandlers attachment_storage_handlers{config::BlockType::attachment_storage,
                                                storage_table,
                                                {},
                                                &grade_as<storage_access_changed>,
                                                &grade_storage_added,
                                                &grade_storage_removed,
                                                nullptr};
const BlockHandlers import_handlers{
    config::BlockType::import, import_table,        {},     &grade_as<import_changed>,
    &grade_import_block,       &grade_import_block, nullptr};

}  // namespace honua::planning
