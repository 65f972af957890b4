// SPDX-License-Identifier: MIT
#include "planning/plan_report.h"
#include "text/json_writer.h"

namespace honua::planning {

namespace {

void write_place(const ReportSide& side, const Place& place, text::JsonWriter& json) {
  if (!place) return json.null();
  const source::SourceFile& file =
      side.sources == nullptr ? side.document->file() : side.sources->file(place->file);
  const source::SourcePosition position = file.position(place->begin);
  json.begin_object();
  json.key("file").string(file.name());
  json.key("line").integer(position.line);
  json.key("column").integer(position.column);
  json.end_object();
}

void write_side(const ReportSide& side, text::JsonWriter& json) {
  json.begin_object();
  json.key("name").string(side.name);
  json.key("hash").string(side.hash);
  json.end_object();
}

// A value is JSON already; as a text it cannot be mistaken for something that was parsed and written anew.
void write_value(const std::string& value, text::JsonWriter& json) {
  if (value.empty()) return json.null();
  json.string(value);
}

void write_change(const Change& change, const ReportSide& before, const ReportSide& after,
                  text::JsonWriter& json) {
  const ChangeRule& rule = *change.rule;
  json.begin_object();
  json.key("rule").string(rule.rule.code);
  json.key("slug").string(rule.rule.slug);
  json.key("level").string(to_string(change.level));
  json.key("security").string(to_string(change.security));
  json.key("effect").string(to_string(change.effect));
  json.key("area").string(to_string(change.area));
  json.key("address").string(change.address);
  json.key("message").string(change.message);
  json.key("why").string(rule.why);
  json.key("advice").string(change.advice);
  json.key("before_json");
  write_value(change.before, json);
  json.key("after_json");
  write_value(change.after, json);
  json.key("before_position");
  write_place(before, change.before_place, json);
  json.key("after_position");
  write_place(after, change.after_place, json);
  json.key("fingerprint").string(change.fingerprint);
  json.end_object();
}

template <class Kind>
void write_count(const PlanReport& report, Kind kind, Kind Change::*member, text::JsonWriter& json) {
  std::size_t count = 0;
  for (const Change* one : report.shown) count += one->*member == kind ? 1 : 0;
  json.key(to_string(kind)).integer(count);
}

void write_drift(const PlanReport& report, text::JsonWriter& json) {
  const Drift& drift = *report.drift;
  json.key("live");
  write_side(drift.live, json);
  json.key("drift");
  json.begin_array();
  const std::set<const Change*> planned = planned_drift(report);
  for (const Change* one : drift.shown) {
    json.begin_object();
    json.key("planned").boolean(planned.contains(one));
    json.key("change");
    write_change(*one, report.before, drift.live, json);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render_plan_json(const PlanReport& report) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string("1.0");
  json.key("before");
  write_side(report.before, json);
  json.key("after");
  write_side(report.after, json);
  json.key("summary");
  json.begin_object();
  json.key("total").integer(report.shown.size());
  for (const Level level : {Level::breaking, Level::risky, Level::additive, Level::neutral})
    write_count(report, level, &Change::level, json);
  for (const Security security : {Security::weaker, Security::stronger})
    write_count(report, security, &Change::security, json);
  json.key("accepted").integer(report.accepted);
  json.key("left_out").integer(left_out(report));
  json.key("undecided_secrets").integer(report.plan->undecided_secrets);
  json.key("version_bump").string(version_bump(report.shown));
  json.end_object();
  json.key("changes");
  json.begin_array();
  for (const Change* one : report.shown) write_change(*one, report.before, report.after, json);
  json.end_array();
  if (report.drift != nullptr) write_drift(report, json);
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::planning
