// SPDX-License-Identifier: MIT
#include "commands/watch_plan.h"

#include <algorithm>
#include <utility>

#include "planning/locate.h"
#include "planning/plan.h"
#include "planning/plan_report.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::commands {

namespace {

using planning::Change;
using planning::Level;
using planning::Security;

std::string json_of(const Change& change, const std::string& place) {
  text::JsonWriter json;
  json.begin_object();
  json.key("rule").string(change.rule->rule.code);
  json.key("slug").string(change.rule->rule.slug);
  json.key("level").string(to_string(change.level));
  json.key("security").string(to_string(change.security));
  json.key("effect").string(to_string(change.effect));
  json.key("address").string(change.address);
  json.key("message").string(change.message);
  if (!place.empty()) json.key("place").string(place);
  json.end_object();
  return std::move(json).take();
}

std::string text_of(const Change& change, const std::string& place) {
  return "  " + (place.empty() ? "" : place + ": ") + std::string(to_string(change.level)) + "[" +
         std::string(change.rule->rule.code) + " " + std::string(change.rule->rule.slug) +
         "]: " + text::printable(change.address) + ": " + text::printable(change.message) + "\n";
}

}  // namespace

void describe_changes(const snapshot::Document& before, const snapshot::Document& after,
                      const CheckResult& check, watching::Event& event) {
  const planning::ConfigurationLocator locator(check.configuration);
  const planning::ChangeSet plan = planning::make_plan({&before}, {&after, &locator});
  const planning::ReportSide side{"", &after, &check.sources, ""};
  event.change_counts = watching::ChangeCounts{plan.count(Level::breaking),  plan.count(Level::risky),
                                               plan.count(Level::additive),  plan.count(Level::neutral),
                                               plan.count(Security::weaker), plan.count(Security::stronger)};
  event.changes.reserve(std::min(plan.changes.size(), watching::max_event_details));
  for (const Change& one : plan.changes) {
    if (event.changes.size() == watching::max_event_details) break;
    const std::string place = planning::place_text(side, one.after_place);
    event.changes.push_back({json_of(one, place), text_of(one, place)});
  }
}

}  // namespace honua::commands
