// SPDX-License-Identifier: MIT
#include <array>

#include "planning/connection_changes.h"
#include "planning/handlers.h"
#include "planning/plan_rules.h"
#include "text/sanitize.h"

// `cache`
namespace honua::planning {

namespace {

using text::quoted;

constexpr ChangeRule removed{
    .rule = plan_rule("P5001", "cache-removed", Level::risky, "a cache is gone"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::cache,
    .family = "P5001",
    .direction = Direction::less,
    .why = "Every answer is made anew. Breaking where layers name the cache, or where it is required.",
    .before = "cache \"near\" {\n  type = \"memory\"\n}\n",
    .after = ""};
constexpr ChangeRule added{.rule = plan_rule("P5501", "cache-added", Level::neutral, "a cache is added"),
                           .effect = Effect::restart,
                           .area = Area::cache,
                           .family = "P5001",
                           .direction = Direction::more,
                           .why = "Answers may come faster.",
                           .before = "",
                           .after = "cache \"near\" {\n  type = \"memory\"\n}\n"};
constexpr ChangeRule disabled{
    .rule = plan_rule("P5010", "cache-disabled", Level::risky, "a cache is no longer used"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::cache,
    .family = "P5010",
    .direction = Direction::less,
    .why = "Every answer is made anew. Breaking where layers name the cache, or where it is required.",
    .before = "cache \"near\" {\n  type = \"memory\"\n  enabled = true\n}\n",
    .after = "cache \"near\" {\n  type = \"memory\"\n  enabled = false\n}\n"};
constexpr ChangeRule enabled{.rule = plan_rule("P5510", "cache-enabled", Level::neutral, "a cache is used"),
                             .effect = Effect::restart,
                             .area = Area::cache,
                             .family = "P5010",
                             .direction = Direction::more,
                             .why = "Answers may come faster.",
                             .before = "cache \"near\" {\n  type = \"memory\"\n  enabled = false\n}\n",
                             .after = "cache \"near\" {\n  type = \"memory\"\n  enabled = true\n}\n"};
constexpr ChangeRule type_changed{
    .rule = plan_rule("P5002", "cache-type-changed", Level::risky, "a cache is of another kind"),
    .level = Level::risky,
    .effect = Effect::restart,
    .area = Area::cache,
    .family = "P5002",
    .why =
        "What was kept is lost. A cache in memory is each instance's own: instances answer differently, and "
        "what counts on a shared one (sessions, locks, limits) fails.",
    .before = "cache \"near\" {\n  type = \"memory\"\n}\n",
    .after = "cache \"near\" {\n  type = \"redis\"\n  connection = \"a:6379\"\n}\n"};
constexpr ChangeRule prefix_changed{
    .rule = plan_rule("P5003", "cache-prefix-changed", Level::risky, "a cache's keys start otherwise"),
    .level = Level::risky,
    .effect = Effect::flush,
    .area = Area::cache,
    .family = "P5003",
    .why =
        "Nothing that was kept is found again: the databases have to bear the load until the cache has "
        "filled.",
    .before = "cache \"near\" {\n  prefix = \"a:\"\n}\n",
    .after = "cache \"near\" {\n  prefix = \"b:\"\n}\n"};
constexpr ChangeRule ttl_changed{
    .rule = plan_rule("P5005", "cache-ttl-changed", Level::neutral, "entries are kept for another time"),
    .area = Area::cache,
    .family = "P5005",
    .why = "Clients may see changed data earlier or later.",
    .before = "cache \"near\" {\n  ttl = 60\n}\n",
    .after = "cache \"near\" {\n  ttl = 600\n}\n"};
constexpr ChangeRule setting_changed{
    .rule = plan_rule("P5006", "cache-setting-changed", Level::neutral, "a cache works otherwise inside"),
    .effect = Effect::reconnect,
    .area = Area::cache,
    .family = "P5006",
    .why =
        "Clients see a difference only where the cache is slow or away, or through a content delivery "
        "network.",
    .before = "cache \"near\" {\n  settings = {\n    connect_timeout = 5000\n  }\n}\n",
    .after = "cache \"near\" {\n  settings = {\n    connect_timeout = 1000\n  }\n}\n"};
constexpr ChangeRule required_changed{.rule = plan_rule("P5007", "cache-required-changed", Level::risky,
                                                        "the server needs a cache in other environments"),
                                      .level = Level::risky,
                                      .effect = Effect::restart,
                                      .area = Area::cache,
                                      .family = "P5007",
                                      .why = "Where it is required the server does not start without it.",
                                      .before = "cache \"near\" {\n  required_in = []\n}\n",
                                      .after = "cache \"near\" {\n  required_in = [\"production\"]\n}\n"};
constexpr ChangeRule other_changed{
    .rule = plan_rule("P5090", "cache-setting-unknown-changed", Level::risky,
                      "a setting of a cache changed whose meaning is not known here"),
    .level = Level::risky,
    .area = Area::cache,
    .family = "P5090",
    .why = "No schema knows the setting: what the server makes of it cannot be told."};

constexpr std::array all_rules = {&removed,          &added,          &disabled,    &enabled,
                                  &type_changed,     &prefix_changed, &ttl_changed, &setting_changed,
                                  &required_changed, &other_changed};

// Whether somebody counts on a cache that is no longer there, or no longer used.
bool is_needed(const BlockPair& block, const Grader& grader) {
  return !block.before.member("required_in").elements().empty() ||
         !grader.after().users_of(config::BlockType::cache, block.label).empty();
}

void grade_enabled(const Difference& difference, Grader& grader) {
  const auto both = flags(difference, true);
  if (!both) return grader.report_undecided(difference);
  const std::string name = quoted(address_of(*difference.block));
  Change& made = grader.report(both->after ? enabled : disabled, difference,
                               name + (both->after ? " is used" : " is no longer used"));
  if (!both->after && is_needed(*difference.block, grader)) made.level = Level::breaking;
}

void grade_added(const BlockPair& block, Grader& grader) {
  grader.report(added, block, quoted(address_of(block)) + " is added");
}

void grade_removed(const BlockPair& block, Grader& grader) {
  Change& made = grader.report(removed, block, quoted(address_of(block)) + " is gone");
  if (!is_enabled(block.before)) {
    made.level = Level::neutral;
  } else if (is_needed(block, grader)) {
    made.level = Level::breaking;
  }
}

bool is_unreachable(const BlockPair& block, const Grader& /*grader*/) {
  return !is_enabled(block.before) && !is_enabled(block.after);
}

constexpr std::array cache_table = {Handler{"enabled", &grade_enabled},
                                    Handler{"type", &grade_as<type_changed>},
                                    Handler{"connection", &grade_connection, true},
                                    Handler{"required_in", &grade_as<required_changed>},
                                    Handler{"prefix", &grade_as<prefix_changed>},
                                    Handler{"ttl", &grade_as<ttl_changed>},
                                    Handler{"settings.ssl", &grade_tls},
                                    Handler{"settings.*", &grade_as<setting_changed>, true}};

}  // namespace

namespace rules {

std::span<const ChangeRule* const> cache_rules() { return all_rules; }

}  // namespace rules

const BlockHandlers cache_handlers{config::BlockType::cache, cache_table,  {},
                                   &grade_as<other_changed>, &grade_added, &grade_removed,
                                   &is_unreachable};

}  // namespace honua::planning
