// SPDX-License-Identifier: MIT
#include "planning/limit_changes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

// `rate_limit`, and the limit of a service.
namespace honua::planning {

namespace {

using text::quoted;

constexpr ChangeRule tightened{
    .rule = plan_rule("P6001", "limit-tightened", Level::risky, "clients may make fewer requests"),
    .level = Level::risky,
    .security = Security::stronger,
    .area = Area::limit,
    .family = "P6001",
    .direction = Direction::less,
    .why =
        "Clients that were within the limit are refused with 429. What counts is requests per second: "
        "`100` in `1m` are more than `5000` in `1h`.",
    .advice = "look in the access log how many requests the busiest clients make",
    .before =
        "rate_limit {\n  rules {\n    api {\n      requests = 100\n      window = \"1m\"\n    }\n  }\n}\n",
    .after =
        "rate_limit {\n  rules {\n    api {\n      requests = 5000\n      window = \"1h\"\n    }\n  }\n}\n"};
constexpr ChangeRule relaxed{
    .rule = plan_rule("P6002", "limit-relaxed", Level::additive, "clients may make more requests"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::limit,
    .family = "P6001",
    .direction = Direction::more,
    .why = "The server and its databases have to bear more.",
    .before =
        "rate_limit {\n  rules {\n    api {\n      requests = 5000\n      window = \"1h\"\n    }\n  }\n}\n",
    .after =
        "rate_limit {\n  rules {\n    api {\n      requests = 100\n      window = \"1m\"\n    }\n  }\n}\n"};
constexpr ChangeRule shape_changed{
    .rule = plan_rule("P6003", "limit-window-shape-changed", Level::risky,
                      "clients may make as many requests, but in other bursts"),
    .level = Level::risky,
    .area = Area::limit,
    .family = "P6003",
    .why = "The rate is the same over time. A shorter window refuses bursts that the longer one allowed.",
    .before =
        "rate_limit {\n  rules {\n    api {\n      requests = 100\n      window = \"1m\"\n    }\n  }\n}\n",
    .after =
        "rate_limit {\n  rules {\n    api {\n      requests = 6000\n      window = \"1h\"\n    }\n  }\n}\n"};
constexpr ChangeRule store_local{
    .rule = plan_rule("P6004", "limit-store-local", Level::risky, "each instance counts requests for itself"),
    .level = Level::risky,
    .security = Security::weaker,
    .effect = Effect::restart,
    .area = Area::limit,
    .family = "P6004",
    .direction = Direction::more,
    .why = "With several instances a client may make as many requests to each of them.",
    .before = "rate_limit {\n  store = \"redis\"\n}\n",
    .after = "rate_limit {\n  store = \"memory\"\n}\n"};
constexpr ChangeRule store_shared{
    .rule = plan_rule("P6504", "limit-store-shared", Level::risky, "all instances count requests together"),
    .level = Level::risky,
    .security = Security::stronger,
    .effect = Effect::restart,
    .area = Area::limit,
    .family = "P6004",
    .direction = Direction::less,
    .why = "With several instances the limit is in effect lower than it was.",
    .before = "rate_limit {\n  store = \"memory\"\n}\n",
    .after = "rate_limit {\n  store = \"redis\"\n}\n"};
constexpr ChangeRule rule_added{
    .rule = plan_rule("P6005", "limit-rule-added", Level::risky, "requests are limited that were not"),
    .level = Level::risky,
    .security = Security::stronger,
    .area = Area::limit,
    .family = "P6005",
    .direction = Direction::less,
    .why = "Clients that make more requests are refused with 429.",
    .advice = "look in the access log how many requests the busiest clients make",
    .before = "rate_limit {\n  rules {\n  }\n}\n",
    .after = "rate_limit {\n  rules {\n    api {\n      requests = 100\n    }\n  }\n}\n"};
constexpr ChangeRule rule_removed{
    .rule = plan_rule("P6006", "limit-rule-removed", Level::additive, "requests are no longer limited"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::limit,
    .family = "P6005",
    .direction = Direction::more,
    .why = "One client can keep the server busy.",
    .before = "rate_limit {\n  rules {\n    api {\n      requests = 100\n    }\n  }\n}\n",
    .after = "rate_limit {\n  rules {\n  }\n}\n"};
constexpr ChangeRule disabled{
    .rule = plan_rule("P6007", "limits-disabled", Level::additive, "no request is limited any more"),
    .level = Level::additive,
    .security = Security::weaker,
    .area = Area::limit,
    .family = "P6007",
    .direction = Direction::more,
    .why = "One client can keep the server busy.",
    .before = "rate_limit {\n  enabled = true\n}\n",
    .after = "rate_limit {\n  enabled = false\n}\n"};
constexpr ChangeRule enabled{
    .rule = plan_rule("P6008", "limits-enabled", Level::risky, "requests are limited"),
    .level = Level::risky,
    .security = Security::stronger,
    .area = Area::limit,
    .family = "P6007",
    .direction = Direction::less,
    .why = "Clients that make more requests than a rule allows are refused with 429.",
    .advice = "look in the access log how many requests the busiest clients make",
    .before = "rate_limit {\n  enabled = false\n}\n",
    .after = "rate_limit {\n  enabled = true\n}\n"};
constexpr ChangeRule disabled_block{.rule = plan_rule("P6009", "limits-disabled-block", Level::neutral,
                                                      "a block of limits that is switched off comes or goes"),
                                    .effect = Effect::none,
                                    .area = Area::limit,
                                    .family = "P6009",
                                    .why = "No request was limited, and none is.",
                                    .before = "",
                                    .after = "rate_limit {\n  enabled = false\n}\n"};
constexpr ChangeRule other_changed{
    .rule = plan_rule("P6090", "limit-setting-changed", Level::risky,
                      "a setting of the limits changed whose meaning is not known here"),
    .level = Level::risky,
    .area = Area::limit,
    .family = "P6090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&tightened,    &relaxed,        &shape_changed, &store_local,
                                  &store_shared, &rule_added,     &rule_removed,  &disabled,
                                  &enabled,      &disabled_block, &other_changed};

// A service's own limit may be switched off; a rule's object has no such member.
bool is_on(const Node& limit) { return limit.is_given() && limit.member("enabled").boolean().value_or(true); }

bool is_undecided(const Node& limit) {
  return limit.is_undecided() || limit.member("requests").is_undecided() ||
         limit.member("window").is_undecided() || limit.member("enabled").is_undecided();
}

std::string shown_rate(const Node& limit) {
  const auto requests = limit.member("requests");
  const auto window = limit.member("window").text();
  return quoted((requests.is_given() ? requests.json() : "1000") + " in " + window.value_or("1m"));
}

// "1.39 a second"
std::string per_second_text(const Rate& rate) {
  std::array<char, 32> digits{};
  const auto [end, trouble] =
      std::to_chars(digits.begin(), digits.end(), rate.per_second(), std::chars_format::general, 3);
  return std::string(digits.begin(), end) + " a second";
}

// Rates that are made of other numbers differ in their last digits.
bool is_close(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

void grade_store(const Difference& difference, Grader& grader) {
  const auto both = texts(difference);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after == "memory" ? store_local : store_shared, difference,
                "requests are counted elsewhere: " + from_to(difference));
}

void grade_enabled(const Difference& difference, Grader& grader) {
  const auto both = flags(difference, true);
  if (!both) return grader.report_undecided(difference);
  grader.report(both->after ? enabled : disabled, difference,
                both->after ? "requests are limited" : "no request is limited any more");
}

void grade_added(const BlockPair& block, Grader& grader) {
  grader.report(is_enabled(block.after) ? enabled : disabled_block, block,
                is_enabled(block.after) ? "requests are limited" : "limits are added, switched off");
}

void grade_removed(const BlockPair& block, Grader& grader) {
  grader.report(
      is_enabled(block.before) ? disabled : disabled_block, block,
      is_enabled(block.before) ? "no request is limited any more" : "limits that were switched off are gone");
}

bool is_unreachable(const BlockPair& block, const Grader& /*grader*/) {
  return !is_enabled(block.before) && !is_enabled(block.after);
}

constexpr std::array limit_table = {Handler{"enabled", &grade_enabled}, Handler{"store", &grade_store},
                                    Handler{"rules.*", &grade_rate, true}};
constexpr std::array<std::string_view, 1> limit_wholes = {"rules.*!"};

}  // namespace

std::optional<double> seconds_of(std::string_view window) {
  double number = 0;
  const auto [stop, trouble] = std::from_chars(window.data(), window.data() + window.size(), number);
  const std::string_view unit = window.substr(static_cast<std::size_t>(stop - window.data()));
  if (trouble != std::errc() || number <= 0) return std::nullopt;
  if (unit == "s") return number;
  if (unit == "m") return number * 60;
  if (unit == "h") return number * 3600;
  if (unit == "d") return number * 86400;
  return std::nullopt;
}

std::optional<Rate> rate_of(const Node& limit) {
  constexpr double usual_requests = 1000;
  const Node requests = limit.member("requests");
  const Node window = limit.member("window");
  const auto number = requests.is_given() ? requests.number() : std::optional(usual_requests);
  const auto seconds = seconds_of(window.is_given() ? window.text().value_or("") : "1m");
  if (!number || !seconds) return std::nullopt;
  return Rate{*number, *seconds};
}

// Whether something of a limit differs that only a later version knows.
bool has_other_change(const Node& before, const Node& after) {
  constexpr std::array<std::string_view, 3> known = {"enabled", "requests", "window"};
  return std::ranges::any_of(snapshot::members_of(before, after), [&](const auto& member) {
    const auto& [name, both] = member;
    return std::ranges::find(known, name) == known.end() && !both.first.is_same_text(both.second);
  });
}

void grade_rate(const Difference& difference, Grader& grader) {
  if (is_undecided(difference.before) || is_undecided(difference.after))
    return grader.report_undecided(difference);
  const bool was_on = is_on(difference.before);
  const bool is_limited = is_on(difference.after);
  if (!was_on && !is_limited) {
    grader.report(disabled_block, difference,
                  quoted(address_of(difference)) + " is switched off on both sides");
    return;
  }
  if (was_on != is_limited) {
    grader.report(is_limited ? rule_added : rule_removed, difference,
                  quoted(address_of(difference)) +
                      (is_limited ? " limits requests to " + shown_rate(difference.after)
                                  : " no longer limits requests to " + shown_rate(difference.before)));
    return;
  }
  if (has_other_change(difference.before, difference.after))
    grader.report(other_changed, difference,
                  quoted(address_of(difference)) + " has a setting that is not known here");
  const auto before = rate_of(difference.before);
  const auto after = rate_of(difference.after);
  const std::string change = quoted(address_of(difference)) + " changes from " +
                             shown_rate(difference.before) + " to " + shown_rate(difference.after);
  if (!before || !after) {
    grader.report_undecided(difference);
  } else if (before->requests == after->requests && before->seconds == after->seconds) {
    return;
  } else if (is_close(before->per_second(), after->per_second())) {
    // The same in other words is no other burst.
    const bool is_same = is_close(before->seconds, after->seconds);
    Change& made = grader.report(shape_changed, difference, change);
    if (is_same) made.level = Level::neutral;
  } else {
    const bool is_relaxed = after->per_second() > before->per_second();
    Change& made = grader.report(is_relaxed ? relaxed : tightened, difference,
                                 change + ": " + per_second_text(*before) + " to " + per_second_text(*after));
    // More in the long run, and fewer at once: a client that asks for many tiles is refused.
    if (is_relaxed && after->requests < before->requests) made.level = std::min(made.level, Level::risky);
  }
}

namespace rules {

std::span<const ChangeRule* const> limit_rules() { return all_rules; }

}  // namespace rules

const BlockHandlers rate_limit_handlers{config::BlockType::rate_limit,
                                        limit_table,
                                        limit_wholes,
                                        &grade_as<other_changed>,
                                        &grade_added,
                                        &grade_removed,
                                        &is_unreachable};

}  // namespace honua::planning
