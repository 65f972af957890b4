// SPDX-License-Identifier: MIT
#include "planning/cors_changes.h"

#include <array>

#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

namespace honua::planning {

namespace {

constexpr ChangeRule origin_removed{
    .rule = plan_rule("P7001", "cors-origin-removed", Level::breaking,
                      "pages of an origin may no longer call the server"),
    .level = Level::breaking,
    .security = Security::stronger,
    .area = Area::cors,
    .family = "P7001",
    .direction = Direction::less,
    .why = "Browsers refuse the answers to pages of that origin.",
    .before = "honua {\n  cors {\n    allowed_origins = [\"https://a.example\"]\n  }\n}\n",
    .after = "honua {\n  cors {\n    allowed_origins = []\n  }\n}\n"};
constexpr ChangeRule origin_added{
    .rule = plan_rule("P7002", "cors-origin-added", Level::additive,
                      "pages of a further origin may call the server"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::cors,
    .family = "P7001",
    .direction = Direction::more,
    .why = "Pages of that origin can read what their visitors may read.",
    .before = "honua {\n  cors {\n    allowed_origins = []\n  }\n}\n",
    .after = "honua {\n  cors {\n    allowed_origins = [\"https://a.example\"]\n  }\n}\n"};
constexpr ChangeRule any_enabled{.rule = plan_rule("P7003", "cors-any-origin-enabled", Level::additive,
                                                   "pages of any origin may call the server"),
                                 .level = Level::additive,
                                 .security = Security::weaker,
                                 .area = Area::cors,
                                 .family = "P7003",
                                 .direction = Direction::more,
                                 .why = "Every page that somebody visits can read what that person may read.",
                                 .advice = "list the origins that need it in `allowed_origins`",
                                 .before = "honua {\n  cors {\n    allow_any_origin = false\n  }\n}\n",
                                 .after = "honua {\n  cors {\n    allow_any_origin = true\n  }\n}\n"};
constexpr ChangeRule any_disabled{
    .rule = plan_rule("P7503", "cors-any-origin-disabled", Level::breaking,
                      "only pages of listed origins may call the server"),
    .level = Level::breaking,
    .security = Security::stronger,
    .area = Area::cors,
    .family = "P7003",
    .direction = Direction::less,
    .why = "Browsers refuse the answers to pages of origins that are not listed.",
    .advice = "list the origins of the pages that people use in `allowed_origins`",
    .before = "honua {\n  cors {\n    allow_any_origin = true\n  }\n}\n",
    .after = "honua {\n  cors {\n    allow_any_origin = false\n  }\n}\n"};
constexpr ChangeRule credentials_enabled{
    .rule = plan_rule("P7004", "cors-credentials-enabled", Level::additive, "pages may send credentials"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::cors,
    .family = "P7004",
    .direction = Direction::more,
    .why = "Pages of allowed origins act as whoever visits them.",
    .before = "honua {\n  cors {\n    allow_credentials = false\n  }\n}\n",
    .after = "honua {\n  cors {\n    allow_credentials = true\n  }\n}\n"};
constexpr ChangeRule credentials_disabled{
    .rule = plan_rule("P7504", "cors-credentials-disabled", Level::breaking,
                      "pages may no longer send credentials"),
    .level = Level::breaking,
    .security = Security::stronger,
    .area = Area::cors,
    .family = "P7004",
    .direction = Direction::less,
    .why = "Browsers refuse the answers to pages that send credentials.",
    .before = "honua {\n  cors {\n    allow_credentials = true\n  }\n}\n",
    .after = "honua {\n  cors {\n    allow_credentials = false\n  }\n}\n"};
constexpr ChangeRule hosts_narrowed{
    .rule = plan_rule("P7005", "hosts-narrowed", Level::breaking, "the server answers to fewer host names"),
    .level = Level::breaking,
    .security = Security::stronger,
    .effect = Effect::restart,
    .area = Area::cors,
    .family = "P7005",
    .direction = Direction::less,
    .why = "Requests for other names are refused. An empty list allows all names.",
    .before = "honua {\n  allowed_hosts = [\"a.example\", \"b.example\"]\n}\n",
    .after = "honua {\n  allowed_hosts = [\"a.example\"]\n}\n"};
constexpr ChangeRule hosts_widened{
    .rule = plan_rule("P7505", "hosts-widened", Level::additive, "the server answers to more host names"),
    .level = Level::additive,
    .security = Security::weaker,
    .effect = Effect::restart,
    .area = Area::cors,
    .family = "P7005",
    .direction = Direction::more,
    .why = "Requests for further names are answered. An empty list allows all names.",
    .before = "honua {\n  allowed_hosts = [\"a.example\"]\n}\n",
    .after = "honua {\n  allowed_hosts = [\"a.example\", \"b.example\"]\n}\n"};
constexpr ChangeRule max_age_changed{.rule = plan_rule("P7006", "cors-max-age-changed", Level::neutral,
                                                       "browsers remember for another time who may call"),
                                     .area = Area::cors,
                                     .family = "P7006",
                                     .why = "Browsers ask more or less often before they send a request.",
                                     .before = "honua {\n  cors {\n    max_age = 3600\n  }\n}\n",
                                     .after = "honua {\n  cors {\n    max_age = 60\n  }\n}\n"};

constexpr std::array all_rules = {&origin_removed, &origin_added,        &any_enabled,
                                  &any_disabled,   &credentials_enabled, &credentials_disabled,
                                  &hosts_narrowed, &hosts_widened,       &max_age_changed};

// Whether the switch lets the pages of all origins in.
bool allows_any(const Node& honua) {
  return honua.member("cors").member("allow_any_origin").boolean().value_or(false);
}

// Lists of which one has `*`, which stands for all origins.
void grade_star(const Difference& difference, const Both<std::set<std::string>>& both, Grader& grader) {
  if (both.before.contains("*") == both.after.contains("*")) return;
  if (both.after.contains("*")) {
    grader.report(any_enabled, difference, "pages of any origin may call the server");
    return;
  }
  grader.report(any_disabled, difference,
                both.after.empty() ? "pages of other origins may no longer call the server"
                                   : "only pages of " + listed(both.after) + " may call the server");
}

}  // namespace

void grade_any_origin(const Difference& difference, Grader& grader) {
  grade_switch(difference, any_enabled, any_disabled, grader);
}

void grade_credentials(const Difference& difference, Grader& grader) {
  grade_switch(difference, credentials_enabled, credentials_disabled, grader);
}

void grade_origins(const Difference& difference, Grader& grader) {
  const auto both = sets(difference);
  if (!both) return grader.report_undecided(difference);
  const bool was_any = allows_any(difference.block->before);
  const bool is_any = allows_any(difference.block->after);
  // Where any page may call the server on both sides, the list has no say.
  const bool is_moot = was_any && is_any;
  const bool has_star = both->before.contains("*") || both->after.contains("*");
  if (has_star && !is_moot) return grade_star(difference, *both, grader);
  const auto gone = missing_in(both->before, both->after);
  const auto come = missing_in(both->after, both->before);
  const auto report = [&](const ChangeRule& rule, bool has_no_say, const std::set<std::string>& origins,
                          const std::string& meaning) {
    const std::string pages = "pages of " + listed(origins) + " ";
    Change& made =
        grader.report(rule, difference, pages + (has_no_say ? "may call the server as any may" : meaning));
    if (!has_no_say) return;
    made.level = Level::neutral;
    made.security = Security::none;
  };
  if (!gone.empty()) report(origin_removed, is_any, gone, "may no longer call the server");
  if (!come.empty()) report(origin_added, was_any, come, "may call the server");
}

void grade_max_age(const Difference& difference, Grader& grader) {
  grader.report(max_age_changed, difference, setting_change(difference));
}

void grade_hosts(const Difference& difference, Grader& grader) {
  const auto both = sets(difference);
  if (!both) return grader.report_undecided(difference);
  const auto is_all = [](const std::set<std::string>& hosts) { return hosts.empty() || hosts.contains("*"); };
  if (is_all(both->before) || is_all(both->after)) {
    if (is_all(both->before) == is_all(both->after)) return;
    const bool is_wide = is_all(both->after);
    grader.report(is_wide ? hosts_widened : hosts_narrowed, difference,
                  is_wide ? "the server answers to any host name"
                          : "the server answers to " + listed(both->after) + " only");
    return;
  }
  const auto gone = missing_in(both->before, both->after);
  const auto come = missing_in(both->after, both->before);
  if (!gone.empty())
    grader.report(hosts_narrowed, difference, "the server no longer answers to " + listed(gone));
  if (!come.empty()) grader.report(hosts_widened, difference, "the server answers to " + listed(come));
}

namespace rules {

std::span<const ChangeRule* const> cors_rules() { return all_rules; }

}  // namespace rules

}  // namespace honua::planning
