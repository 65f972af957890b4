// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "planning/connection_changes.h"
#include "planning/handlers.h"
#include "planning/limit_changes.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

// `service`
namespace honua::planning {

namespace {

using text::quoted;

constexpr ChangeRule removed{
    .rule = plan_rule("P3001", "service-removed", Level::breaking, "a service that was offered is gone"),
    .level = Level::breaking,
    .security = Security::stronger,
    .effect = Effect::restart,
    .area = Area::service,
    .family = "P3001",
    .direction = Direction::less,
    .why = "Every address below the service's path answers 404.",
    .advice = "announce it, and keep the service until clients have moved",
    .before = "service \"csw\" {\n}\n",
    .after = ""};
constexpr ChangeRule added{
    .rule = plan_rule("P3002", "service-added", Level::additive, "a service is offered that was not there"),
    .level = Level::additive,
    .security = Security::weaker,
    .effect = Effect::restart,
    .area = Area::service,
    .family = "P3001",
    .direction = Direction::more,
    .why = "Clients find a further way to the data; so does everybody else.",
    .before = "",
    .after = "service \"csw\" {\n}\n"};
constexpr ChangeRule disabled{
    .rule = plan_rule("P3501", "service-disabled", Level::breaking, "a service is no longer offered"),
    .level = Level::breaking,
    .security = Security::stronger,
    .effect = Effect::restart,
    .area = Area::service,
    .family = "P3501",
    .direction = Direction::less,
    .why = "Every address below the service's path answers 404, and its layers are not published there.",
    .advice = "announce it, and keep the service until clients have moved",
    .before = "service \"csw\" {\n  enabled = true\n}\n",
    .after = "service \"csw\" {\n  enabled = false\n}\n"};
constexpr ChangeRule enabled{.rule = plan_rule("P3502", "service-enabled", Level::additive,
                                               "a service is offered that was switched off"),
                             .level = Level::additive,
                             .security = Security::weaker,
                             .effect = Effect::restart,
                             .area = Area::service,
                             .family = "P3501",
                             .direction = Direction::more,
                             .why = "Clients find a further way to the data; so does everybody else.",
                             .before = "service \"csw\" {\n  enabled = false\n}\n",
                             .after = "service \"csw\" {\n  enabled = true\n}\n"};
constexpr ChangeRule disabled_removed{.rule = plan_rule("P3503", "service-disabled-removed", Level::neutral,
                                                        "a service is gone that was switched off"),
                                      .effect = Effect::none,
                                      .area = Area::service,
                                      .family = "P3503",
                                      .direction = Direction::less,
                                      .why = "Nobody could use it.",
                                      .before = "service \"csw\" {\n  enabled = false\n}\n",
                                      .after = ""};
constexpr ChangeRule disabled_added{.rule = plan_rule("P3504", "service-disabled-added", Level::neutral,
                                                      "a service is added that is switched off"),
                                    .effect = Effect::none,
                                    .area = Area::service,
                                    .family = "P3503",
                                    .direction = Direction::more,
                                    .why = "Nobody can use it yet.",
                                    .before = "",
                                    .after = "service \"csw\" {\n  enabled = false\n}\n"};
constexpr ChangeRule type_changed{
    .rule = plan_rule("P3003", "service-type-changed", Level::breaking, "a service speaks another protocol"),
    .level = Level::breaking,
    .effect = Effect::restart,
    .area = Area::service,
    .family = "P3003",
    .why = "Clients of the old protocol get nothing that they understand.",
    .advice = "add a service of the other type, and remove this one later",
    .before = "service \"maps\" {\n  type = \"wms\"\n}\n",
    .after = "service \"maps\" {\n  type = \"wmts\"\n}\n"};
constexpr ChangeRule path_changed{.rule = plan_rule("P3004", "service-base-path-changed", Level::breaking,
                                                    "a service answers at another path"),
                                  .level = Level::breaking,
                                  .effect = Effect::restart,
                                  .area = Area::service,
                                  .family = "P3004",
                                  .why = "Every address of the service changes.",
                                  .advice = "redirect the old path to the new one",
                                  .before = "service \"wfs\" {\n  base_path = \"/wfs\"\n}\n",
                                  .after = "service \"wfs\" {\n  base_path = \"/features\"\n}\n"};
constexpr ChangeRule version_raised{
    .rule = plan_rule("P3005", "service-version-raised", Level::risky, "a service offers a newer version"),
    .level = Level::risky,
    .area = Area::service,
    .family = "P3005",
    .direction = Direction::more,
    .why = "Clients that do not negotiate get answers in a form that they may not know.",
    .before = "service \"wfs\" {\n  version = \"1.1.0\"\n}\n",
    .after = "service \"wfs\" {\n  version = \"2.0.0\"\n}\n"};
constexpr ChangeRule version_lowered{.rule = plan_rule("P3505", "service-version-lowered", Level::breaking,
                                                       "a service no longer offers its newest version"),
                                     .level = Level::breaking,
                                     .area = Area::service,
                                     .family = "P3005",
                                     .direction = Direction::less,
                                     .why = "Clients that ask for the newer version are refused.",
                                     .before = "service \"wfs\" {\n  version = \"2.0.0\"\n}\n",
                                     .after = "service \"wfs\" {\n  version = \"1.1.0\"\n}\n"};
constexpr ChangeRule limit_lowered{
    .rule = plan_rule("P3010", "service-limit-lowered", Level::risky, "a service gives less at a time"),
    .level = Level::risky,
    .security = Security::stronger,
    .area = Area::service,
    .family = "P3010",
    .direction = Direction::less,
    .why = "Clients that ask for more get less than they asked for, or an error.",
    .advice = "look in the access log for requests beyond the new limit",
    .before = "service \"wms\" {\n  max_width = 4096\n}\n",
    .after = "service \"wms\" {\n  max_width = 2048\n}\n"};
constexpr ChangeRule limit_raised{
    .rule = plan_rule("P3510", "service-limit-raised", Level::risky, "a service gives more at a time"),
    .level = Level::risky,
    .security = Security::weaker,
    .area = Area::service,
    .family = "P3010",
    .direction = Direction::more,
    .why = "A single request may cost more memory and time.",
    .advice = "make sure that the server and its databases bear it",
    .before = "service \"wms\" {\n  max_width = 2048\n}\n",
    .after = "service \"wms\" {\n  max_width = 4096\n}\n"};
constexpr ChangeRule page_changed{
    .rule = plan_rule("P3011", "service-default-page-size-changed", Level::risky,
                      "a page has another size unless asked otherwise"),
    .level = Level::risky,
    .area = Area::service,
    .family = "P3011",
    .why = "Clients that read one page and stop see another part of the data.",
    .before = "service \"wfs\" {\n  default_count = 100\n}\n",
    .after = "service \"wfs\" {\n  default_count = 50\n}\n"};
constexpr ChangeRule format_removed{
    .rule = plan_rule("P3012", "service-format-removed", Level::breaking,
                      "a service no longer answers in a format"),
    .level = Level::breaking,
    .area = Area::service,
    .family = "P3012",
    .direction = Direction::less,
    .why = "Clients that ask for the format are refused.",
    .before = "service \"wmts\" {\n  supported_formats = [\"image/png\", \"image/webp\"]\n}\n",
    .after = "service \"wmts\" {\n  supported_formats = [\"image/png\"]\n}\n"};
constexpr ChangeRule format_added{
    .rule =
        plan_rule("P3512", "service-format-added", Level::additive, "a service answers in a further format"),
    .level = Level::additive,
    .area = Area::service,
    .family = "P3012",
    .direction = Direction::more,
    .why = "Clients may ask for it.",
    .before = "service \"wmts\" {\n  supported_formats = [\"image/png\"]\n}\n",
    .after = "service \"wmts\" {\n  supported_formats = [\"image/png\", \"image/webp\"]\n}\n"};
constexpr ChangeRule conformance_removed{
    .rule = plan_rule("P3013", "service-conformance-removed", Level::breaking,
                      "a service no longer conforms to a class"),
    .level = Level::breaking,
    .area = Area::service,
    .family = "P3013",
    .direction = Direction::less,
    .why = "Clients that need the class do not use the service any more, or fail.",
    .before = "service \"ogc_api\" {\n  conformance = [\"core\", \"filter\"]\n}\n",
    .after = "service \"ogc_api\" {\n  conformance = [\"core\"]\n}\n"};
constexpr ChangeRule conformance_added{
    .rule = plan_rule("P3513", "service-conformance-added", Level::additive,
                      "a service conforms to a further class"),
    .level = Level::additive,
    .area = Area::service,
    .family = "P3013",
    .direction = Direction::more,
    .why = "Clients may use it.",
    .before = "service \"ogc_api\" {\n  conformance = [\"core\"]\n}\n",
    .after = "service \"ogc_api\" {\n  conformance = [\"core\", \"filter\"]\n}\n"};
constexpr ChangeRule crs_changed{
    .rule = plan_rule("P3014", "service-default-crs-changed", Level::breaking,
                      "answers are in another reference system unless asked otherwise"),
    .level = Level::breaking,
    .area = Area::service,
    .family = "P3014",
    .why = "Coordinates of clients that name no system change their meaning.",
    .before = "service \"ogc_api\" {\n  default_crs = \"EPSG:4326\"\n}\n",
    .after = "service \"ogc_api\" {\n  default_crs = \"EPSG:3857\"\n}\n"};
constexpr ChangeRule crs_removed{.rule = plan_rule("P3015", "service-crs-removed", Level::breaking,
                                                   "a service no longer answers in a reference system"),
                                 .level = Level::breaking,
                                 .area = Area::service,
                                 .family = "P3015",
                                 .direction = Direction::less,
                                 .why = "Clients that ask for the system are refused.",
                                 .before = "service \"ogc_api\" {\n  additional_crs = [\"EPSG:3857\"]\n}\n",
                                 .after = "service \"ogc_api\" {\n  additional_crs = []\n}\n"};
constexpr ChangeRule crs_added{.rule = plan_rule("P3515", "service-crs-added", Level::additive,
                                                 "a service answers in a further reference system"),
                               .level = Level::additive,
                               .area = Area::service,
                               .family = "P3015",
                               .direction = Direction::more,
                               .why = "Clients may ask for it.",
                               .before = "service \"ogc_api\" {\n  additional_crs = []\n}\n",
                               .after = "service \"ogc_api\" {\n  additional_crs = [\"EPSG:3857\"]\n}\n"};
constexpr ChangeRule tiling_changed{
    .rule = plan_rule("P3016", "service-tile-grid-changed", Level::breaking, "tiles are cut otherwise"),
    .level = Level::breaking,
    .effect = Effect::flush,
    .area = Area::service,
    .family = "P3016",
    .why = "The same address is another tile; what clients and caches hold is wrong.",
    .advice = "offer the other tiling as a service of its own",
    .before = "service \"wmts\" {\n  tile_size = 256\n}\n",
    .after = "service \"wmts\" {\n  tile_size = 512\n}\n"};
constexpr ChangeRule writes_enabled{
    .rule = plan_rule("P3020", "service-writes-enabled", Level::additive,
                      "clients may change data through a service"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::service,
    .family = "P3020",
    .direction = Direction::more,
    .why = "Whoever may write to a layer of the service can, and `require_auth_write` decides who that is.",
    .advice = "look at `permissions` of the service's layers, and at the rights of the database's user",
    .before = "service \"wfs\" {\n  enable_transactions = false\n}\n",
    .after = "service \"wfs\" {\n  enable_transactions = true\n}\n"};
constexpr ChangeRule writes_disabled{.rule = plan_rule("P3520", "service-writes-disabled", Level::breaking,
                                                       "clients can no longer change data through a service"),
                                     .level = Level::breaking,
                                     .security = Security::stronger,
                                     .area = Area::service,
                                     .family = "P3020",
                                     .direction = Direction::less,
                                     .why = "Editors are refused.",
                                     .before = "service \"wfs\" {\n  enable_transactions = true\n}\n",
                                     .after = "service \"wfs\" {\n  enable_transactions = false\n}\n"};
constexpr ChangeRule guard_off{.rule = plan_rule("P3021", "service-complexity-guard-off", Level::additive,
                                                 "a service takes requests however complex they are"),
                               .level = Level::additive,
                               .security = Security::weaker,
                               .area = Area::service,
                               .family = "P3021",
                               .direction = Direction::more,
                               .why = "One request can keep the server or the database busy.",
                               .before = "service \"wfs\" {\n  enable_complexity_check = true\n}\n",
                               .after = "service \"wfs\" {\n  enable_complexity_check = false\n}\n"};
constexpr ChangeRule guard_on{.rule = plan_rule("P3521", "service-complexity-guard-on", Level::risky,
                                                "a service refuses requests that are too complex"),
                              .level = Level::risky,
                              .security = Security::stronger,
                              .area = Area::service,
                              .family = "P3021",
                              .direction = Direction::less,
                              .why = "Clients with large filters may be refused.",
                              .before = "service \"wfs\" {\n  enable_complexity_check = false\n}\n",
                              .after = "service \"wfs\" {\n  enable_complexity_check = true\n}\n"};
constexpr ChangeRule unknown_changed{
    .rule = plan_rule("P3022", "service-setting-unknown-changed", Level::risky,
                      "a setting of a service changed whose meaning is not known here"),
    .level = Level::risky,
    .area = Area::service,
    .family = "P3022",
    .why = "No schema knows the setting: what the server makes of it cannot be told.",
    .before = "service \"wfs\" {\n  turbo = 1\n}\n",
    .after = "service \"wfs\" {\n  turbo = 2\n}\n"};
constexpr ChangeRule text_changed{.rule = plan_rule("P3030", "service-text-changed", Level::neutral,
                                                    "a service's title or description is another one"),
                                  .area = Area::service,
                                  .family = "P3030",
                                  .why = "Capabilities show another text.",
                                  .before = "service \"wfs\" {\n  title = \"Roads\"\n}\n",
                                  .after = "service \"wfs\" {\n  title = \"Streets\"\n}\n"};
constexpr ChangeRule caching_changed{
    .rule =
        plan_rule("P3031", "service-caching-changed", Level::neutral, "a service keeps answers otherwise"),
    .effect = Effect::flush,
    .area = Area::service,
    .family = "P3031",
    .why = "Clients may see changed data earlier or later; the databases may be asked more.",
    .before = "service \"wms\" {\n  capabilities_cache_duration = 3600\n}\n",
    .after = "service \"wms\" {\n  capabilities_cache_duration = 60\n}\n"};
constexpr ChangeRule operation_changed{.rule = plan_rule("P3032", "service-operation-changed", Level::neutral,
                                                         "a service works otherwise inside"),
                                       .area = Area::service,
                                       .family = "P3032",
                                       .why = "Answers stay what they are; time and memory may not.",
                                       .before = "service \"wms\" {\n  enable_streaming = true\n}\n",
                                       .after = "service \"wms\" {\n  enable_streaming = false\n}\n"};
constexpr ChangeRule feature_removed{
    .rule = plan_rule("P3033", "service-feature-removed", Level::breaking, "a service can do less"),
    .level = Level::breaking,
    .area = Area::service,
    .family = "P3033",
    .direction = Direction::less,
    .why = "Clients that use it are refused, or get answers without it.",
    .before = "service \"odata\" {\n  enable_expand = true\n}\n",
    .after = "service \"odata\" {\n  enable_expand = false\n}\n"};
constexpr ChangeRule feature_added{
    .rule = plan_rule("P3533", "service-feature-added", Level::additive, "a service can do more"),
    .level = Level::additive,
    .area = Area::service,
    .family = "P3033",
    .direction = Direction::more,
    .why = "Clients may use it.",
    .before = "service \"odata\" {\n  enable_expand = false\n}\n",
    .after = "service \"odata\" {\n  enable_expand = true\n}\n"};
constexpr ChangeRule source_changed{.rule = plan_rule("P3034", "service-data-source-changed", Level::risky,
                                                      "a service's data come from another source"),
                                    .level = Level::risky,
                                    .effect = Effect::flush,
                                    .area = Area::service,
                                    .family = "P3034",
                                    .why = "Clients get the rows of another database.",
                                    .before =
                                        "data_source \"other\" {\n  provider = \"sqlite\"\n}\nservice "
                                        "\"stac\" {\n  data_source = \"db\"\n}\n",
                                    .after =
                                        "data_source \"other\" {\n  provider = \"sqlite\"\n}\nservice "
                                        "\"stac\" {\n  data_source = \"other\"\n}\n"};
constexpr ChangeRule default_changed{
    .rule = plan_rule("P3036", "service-default-changed", Level::risky,
                      "a service takes something else unless asked otherwise"),
    .level = Level::risky,
    .area = Area::service,
    .family = "P3036",
    .why = "Clients that leave the choice to the server get another answer.",
    .before = "service \"wcs\" {\n  default_interpolation = \"nearest\"\n}\n",
    .after = "service \"wcs\" {\n  default_interpolation = \"cubic\"\n}\n"};

constexpr std::array all_rules = {
    &removed,           &added,           &disabled,        &enabled,
    &disabled_removed,  &disabled_added,  &type_changed,    &path_changed,
    &version_raised,    &version_lowered, &limit_lowered,   &limit_raised,
    &page_changed,      &format_removed,  &format_added,    &conformance_removed,
    &conformance_added, &crs_changed,     &crs_removed,     &crs_added,
    &tiling_changed,    &writes_enabled,  &writes_disabled, &guard_off,
    &guard_on,          &unknown_changed, &text_changed,    &caching_changed,
    &operation_changed, &feature_removed, &feature_added,   &source_changed,
    &default_changed};

std::string service_name(const Difference& difference) { return quoted(address_of(*difference.block)); }

// --- Whole services

void grade_added(const BlockPair& block, Grader& grader) {
  const bool is_on = is_enabled(block.after);
  grader.report(is_on ? added : disabled_added, block,
                quoted(address_of(block)) + (is_on ? " is offered" : " is added, switched off"));
}

void grade_removed(const BlockPair& block, Grader& grader) {
  const bool was_on = is_enabled(block.before);
  grader.report(was_on ? removed : disabled_removed, block,
                quoted(address_of(block)) + (was_on ? " is gone" : ", which was switched off, is gone"));
}

bool is_unreachable(const BlockPair& block, const Grader& /*grader*/) {
  return !is_enabled(block.before) && !is_enabled(block.after);
}

// --- One handler for each kind of setting

void grade_enabled(const Difference& difference, Grader& grader) {
  const auto both = flags(difference, true);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after ? enabled : disabled, difference,
                service_name(difference) + (both->after ? " is offered" : " is no longer offered"));
}
void grade_format_switch(const Difference& difference, Grader& grader) {
  grade_switch(difference, format_added, format_removed, grader);
}
void grade_writes(const Difference& difference, Grader& grader) {
  grade_switch(difference, writes_enabled, writes_disabled, grader);
}
void grade_guard(const Difference& difference, Grader& grader) {
  grade_switch(difference, guard_on, guard_off, grader);
}
void grade_feature(const Difference& difference, Grader& grader) {
  grade_switch(difference, feature_added, feature_removed, grader);
}

// Both ways of a set, one report for what each side has alone.
void grade_set(const Difference& difference, const ChangeRule& more, const ChangeRule& less, Grader& grader) {
  const auto both = sets(difference);
  if (!both) return grader.report_undecided(difference);
  const auto gone = missing_in(both->before, both->after);
  const auto come = missing_in(both->after, both->before);
  if (!gone.empty())
    grader.report(less, difference, quoted(address_of(difference)) + " loses " + listed(gone));
  if (!come.empty())
    grader.report(more, difference, quoted(address_of(difference)) + " gains " + listed(come));
}

void grade_formats(const Difference& difference, Grader& grader) {
  grade_set(difference, format_added, format_removed, grader);
}
void grade_conformance(const Difference& difference, Grader& grader) {
  grade_set(difference, conformance_added, conformance_removed, grader);
}
void grade_further_crs(const Difference& difference, Grader& grader) {
  grade_set(difference, crs_added, crs_removed, grader);
}

void grade_limit(const Difference& difference, Grader& grader) {
  const auto both = numbers(difference);
  // Without a number it is the server's own limit, which nobody knows here; -1 stands for none.
  if (!both) return grader.report_undecided(difference);
  constexpr double none = -1;
  const bool is_raised = both->after == none || (both->before != none && both->after > both->before);
  grader.report(is_raised ? limit_raised : limit_lowered, difference, setting_change(difference));
}

// A version that can be put in order: numbers, then what stands before a release ("rc.1").
struct Version {
  std::vector<int> numbers;
  bool is_release = true;
  std::string rest;  // of what is not a release

  [[nodiscard]] auto order() const { return std::tie(numbers, is_release, rest); }
};

// Nothing for what does not begin with a number.
std::optional<Version> read_version(std::string_view text) {
  Version version;
  while (!text.empty()) {
    int number = 0;
    const auto [stop, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc()) break;
    version.numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  version.is_release = text.empty();
  version.rest = std::string(text);
  return version.numbers.empty() ? std::nullopt : std::optional(version);
}

void report_version(const Difference& difference, bool is_raised, Grader& grader) {
  grader.report(is_raised ? version_raised : version_lowered, difference, setting_change(difference));
}

void grade_version(const Difference& difference, Grader& grader) {
  // 10.81 and 10.9 are numbers where they are written as such.
  if (const auto both = numbers(difference)) {
    if (both->before != both->after) report_version(difference, both->after > both->before, grader);
    return;
  }
  const auto both = texts(difference);
  const auto before = both ? read_version(both->before) : std::nullopt;
  const auto after = both ? read_version(both->after) : std::nullopt;
  if (!before || !after) return grader.report_undecided(difference);
  if (before->order() != after->order()) report_version(difference, after->order() > before->order(), grader);
}

}  // namespace

namespace rules {

std::span<const ChangeRule* const> service_rules() { return all_rules; }

}  // namespace rules

namespace {

constexpr Handler limit(std::string_view name) { return {name, &grade_limit}; }
constexpr Handler feature(std::string_view name) { return {name, &grade_feature}; }
constexpr Handler format(std::string_view name) { return {name, &grade_format_switch}; }
constexpr Handler operation(std::string_view name) { return {name, &grade_as<operation_changed>, true}; }
constexpr Handler caching(std::string_view name) { return {name, &grade_as<caching_changed>, true}; }
constexpr Handler page(std::string_view name) { return {name, &grade_as<page_changed>}; }

constexpr std::array service_table = {Handler{"enabled", &grade_enabled},
                                      Handler{"type", &grade_as<type_changed>},
                                      Handler{"base_path", &grade_as<path_changed>},
                                      Handler{"version", &grade_version},
                                      Handler{"title", &grade_as<text_changed>, true},
                                      Handler{"description", &grade_as<text_changed>, true},
                                      Handler{"data_source", &grade_as<source_changed>},
                                      Handler{"rate_limit", &grade_rate},
                                      Handler{"connection_string", &grade_connection, true},
                                      Handler{"default_crs", &grade_as<crs_changed>},
                                      Handler{"crs", &grade_as<crs_changed>},
                                      Handler{"additional_crs", &grade_further_crs},
                                      Handler{"conformance", &grade_conformance},
                                      Handler{"tile_matrix_set", &grade_as<tiling_changed>},
                                      Handler{"tile_size", &grade_as<tiling_changed>},
                                      Handler{"supported_formats", &grade_formats},
                                      Handler{"output_formats", &grade_formats},
                                      Handler{"tile_formats", &grade_formats},
                                      Handler{"formats", &grade_formats},
                                      Handler{"supported_output_schemas", &grade_formats},
                                      Handler{"allow_writes", &grade_writes},
                                      Handler{"enable_editing", &grade_writes},
                                      Handler{"allow_transactions", &grade_writes},
                                      Handler{"enable_transactions", &grade_writes},
                                      Handler{"transactions.enabled", &grade_writes},
                                      Handler{"enable_complexity_check", &grade_guard},
                                      Handler{"default_interpolation", &grade_as<default_changed>},
                                      Handler{"default_variable", &grade_as<default_changed>},
                                      Handler{"default_dpi", &grade_as<default_changed>},
                                      Handler{"enable_case_insensitive", &grade_as<default_changed>},
                                      page("default_page_size"),
                                      page("default_count"),
                                      page("limit"),
                                      page("default_limit"),
                                      page("default_max_records"),
                                      page("default_max_record_count"),
                                      limit("item_limit"),
                                      limit("max_page_size"),
                                      limit("max_limit"),
                                      limit("max_features"),
                                      limit("max_width"),
                                      limit("max_height"),
                                      limit("max_top"),
                                      limit("max_record_limit"),
                                      limit("max_records"),
                                      limit("max_record_count"),
                                      limit("max_coverage_size"),
                                      limit("max_transaction_features"),
                                      limit("max_feature_count"),
                                      limit("max_feature_upload_size_bytes"),
                                      limit("max_sql_query_length"),
                                      limit("max_result_rows"),
                                      limit("max_streaming_items"),
                                      limit("max_slices_per_query"),
                                      limit("max_bounding_box_size"),
                                      limit("max_chunk_size"),
                                      limit("max_dpi"),
                                      limit("max_map_width"),
                                      limit("max_map_height"),
                                      limit("max_geometries"),
                                      limit("max_coordinate_count"),
                                      limit("max_complexity_score"),
                                      limit("transactions.max_batch_size"),
                                      limit("max_query_time"),
                                      limit("max_print_timeout"),
                                      limit("render_timeout_seconds"),
                                      format("csv_enabled"),
                                      format("kml_enabled"),
                                      format("kmz_enabled"),
                                      format("shapefile_enabled"),
                                      format("geopackage_enabled"),
                                      format("flatgeobuf_enabled"),
                                      format("geoarrow_enabled"),
                                      format("geoparquet_enabled"),
                                      format("pmtiles_enabled"),
                                      format("topojson_enabled"),
                                      format("enable_shapefile_export"),
                                      format("enable_kml_export"),
                                      format("enable_csv_export"),
                                      format("enable_pdf_output"),
                                      format("enable_png_output"),
                                      format("enable_binary_output"),
                                      feature("collections_enabled"),
                                      feature("wfs_enabled"),
                                      feature("wms_enabled"),
                                      feature("wmts_enabled"),
                                      feature("csw_enabled"),
                                      feature("wcs_enabled"),
                                      feature("enable_count"),
                                      feature("enable_expand"),
                                      feature("expose_navigation_properties"),
                                      feature("emit_wkt_shadow_properties"),
                                      feature("enable_stored_queries"),
                                      feature("enable_subsetting"),
                                      feature("enable_range_subsetting"),
                                      feature("enable_interpolation"),
                                      feature("enable_v2_api"),
                                      feature("enable_v3_api"),
                                      feature("enable_batch"),
                                      feature("enable_attachments"),
                                      feature("supports_pagination"),
                                      feature("enable_metadata"),
                                      feature("enable_aggregation"),
                                      feature("enable_gdal_operations"),
                                      caching("enable_caching"),
                                      caching("cache_ttl"),
                                      caching("cache_ttl_seconds"),
                                      caching("capabilities_cache_duration"),
                                      caching("tile_cache_duration"),
                                      caching("chunk_cache_duration"),
                                      operation("enable_streaming"),
                                      operation("enable_streaming_transaction_parser"),
                                      operation("use_count_estimation"),
                                      operation("count_timeout_seconds"),
                                      operation("max_exact_count_threshold"),
                                      operation("skip_count_for_large_result_sets"),
                                      operation("skip_count_limit_threshold"),
                                      operation("streaming_page_size"),
                                      operation("enable_auto_streaming"),
                                      operation("streaming_threshold"),
                                      operation("lock_manager"),
                                      operation("lock_timeout"),
                                      operation("provider")};
constexpr std::array<std::string_view, 1> service_wholes = {"rate_limit!"};

}  // namespace

const BlockHandlers service_handlers{config::BlockType::service,
                                     service_table,
                                     service_wholes,
                                     &grade_as<unknown_changed>,
                                     &grade_added,
                                     &grade_removed,
                                     &is_unreachable};

}  // namespace honua::planning
