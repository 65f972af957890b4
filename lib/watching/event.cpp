// SPDX-License-Identifier: MIT
#include "watching/event.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::watching {

namespace {

using text::JsonWriter;

// Of a hash, what people compare.
constexpr std::size_t shown_digits = 12;

void write_text(std::string_view name, const std::string& value, JsonWriter& json) {
  if (!value.empty()) json.key(name).string(value);
}

template <class Number>
void write_number(std::string_view name, const std::optional<Number>& value, JsonWriter& json) {
  if (value) json.key(name).integer(*value);
}

void write_details(std::string_view name, const std::vector<EventDetail>& details, JsonWriter& json) {
  if (details.empty()) return;
  json.key(name);
  json.begin_array();
  for (std::size_t i = 0; i < std::min(details.size(), max_event_details); ++i)
    json.verbatim(details[i].json);
  json.end_array();
}

void write_change_counts(const ChangeCounts& counts, JsonWriter& json) {
  json.key("plan");
  json.begin_object();
  json.key("breaking").integer(counts.breaking);
  json.key("risky").integer(counts.risky);
  json.key("additive").integer(counts.additive);
  json.key("neutral").integer(counts.neutral);
  json.key("weaker").integer(counts.weaker);
  json.key("stronger").integer(counts.stronger);
  json.end_object();
}

void write_finding_counts(const FindingCounts& counts, JsonWriter& json) {
  json.key("finding_counts");
  json.begin_object();
  json.key("error").integer(counts.errors);
  json.key("warning").integer(counts.warnings);
  json.key("info").integer(counts.infos);
  json.end_object();
}

std::string short_hash(const std::string& hash) {
  const std::size_t colon = hash.find(':');
  return hash.substr(0, colon == std::string::npos ? shown_digits : colon + 1 + shown_digits);
}

std::string findings_text(const FindingCounts& counts) {
  std::string text = text::count_of(counts.errors, "error");
  if (counts.warnings > 0) text += ", " + text::count_of(counts.warnings, "warning");
  return text;
}

// What is told behind the event's name.
std::string headline(const Event& event) {
  std::vector<std::string> parts;
  if (!event.listener.empty()) parts.push_back(text::printable(event.listener));
  if (!event.previous_hash.empty() && !event.hash.empty())
    parts.push_back(short_hash(event.previous_hash) + " -> " + short_hash(event.hash));
  else if (!event.hash.empty())
    parts.push_back(short_hash(event.hash));
  else if (!event.previous_hash.empty())
    parts.push_back("still " + short_hash(event.previous_hash));
  if (event.version) parts.push_back("version " + std::to_string(*event.version));
  if (event.change_counts) parts.push_back(counts_text(*event.change_counts));
  if (event.finding_counts && event.finding_counts->errors + event.finding_counts->warnings > 0)
    parts.push_back(findings_text(*event.finding_counts));
  if (event.exit_code) parts.push_back("exit code " + std::to_string(*event.exit_code));
  if (event.skipped > 0) parts.push_back(std::to_string(event.skipped) + " skipped");
  if (event.dropped > 0) parts.push_back(text::count_of(event.dropped, "event") + " dropped");
  if (event.replaced_token && event.token)
    parts.push_back("token " + std::to_string(*event.replaced_token) + " fired");
  // Why somebody looked is of no interest to people.
  if (event.kind == EventKind::stopped || event.kind == EventKind::reload_requested)
    parts.push_back("by " + event.reason);
  if (!event.message.empty()) parts.push_back(text::printable(event.message));
  std::string line;
  for (const std::string& one : parts) {
    if (one.empty()) continue;
    line += (line.empty() ? " " : ", ") + one;
  }
  return line;
}

// `count`: of all there are.
void add_details(const std::vector<EventDetail>& details, std::size_t count, std::string_view word,
                 std::string& text) {
  const std::size_t shown = std::min(details.size(), max_event_details);
  for (std::size_t i = 0; i < shown; ++i) text += details[i].text;
  if (shown > 0 && count > shown)
    text += "  " + text::count_of(count - shown, "more " + std::string(word)) + "\n";
}

}  // namespace

std::string counts_text(const ChangeCounts& counts) {
  const std::array<std::pair<std::size_t, std::string_view>, 6> all = {
      std::pair{counts.breaking, std::string_view("breaking")},
      {counts.risky, "risky"},
      {counts.additive, "additive"},
      {counts.neutral, "neutral"},
      {counts.weaker, "security weaker"},
      {counts.stronger, "security stronger"}};
  std::string text;
  for (const auto& [count, name] : all) {
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + std::string(name);
  }
  return text;
}

Event event_of(EventKind kind, std::string reason) {
  Event event;
  event.kind = kind;
  event.reason = std::move(reason);
  return event;
}

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::started: return "started";
    case EventKind::changed: return "changed";
    case EventKind::unchanged: return "unchanged";
    case EventKind::rejected: return "rejected";
    case EventKind::missing: return "missing";
    case EventKind::proposed: return "proposed";
    case EventKind::published: return "published";
    case EventKind::received: return "received";
    case EventKind::applied: return "applied";
    case EventKind::conflict: return "conflict";
    case EventKind::store_lost: return "store_lost";
    case EventKind::store_back: return "store_back";
    case EventKind::reload_requested: return "reload_requested";
    case EventKind::listener: return "listener";
    case EventKind::warning: return "warning";
    case EventKind::dropped: return "dropped";
    case EventKind::stopped: break;
  }
  return "stopped";
}

std::string time_text(EventTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                      static_cast<int>(clock.subseconds().count()));
  return text.data();
}

std::string json_line(const Event& event) {
  JsonWriter json;
  json.begin_object();
  json.key("format_version").string(event_format_version);
  json.key("event").string(to_string(event.kind));
  json.key("sequence").integer(event.sequence);
  json.key("time").string(time_text(event.time));
  write_text("reason", event.reason, json);
  write_number("token", event.token, json);
  write_number("replaced_token", event.replaced_token, json);
  write_text("hash", event.hash, json);
  write_text("previous_hash", event.previous_hash, json);
  write_number("version", event.version, json);
  write_number("previous_version", event.previous_version, json);
  if (event.change_counts) write_change_counts(*event.change_counts, json);
  write_details("changes", event.changes, json);
  if (event.finding_counts) write_finding_counts(*event.finding_counts, json);
  write_details("findings", event.findings, json);
  if (!event.failures.empty()) {
    json.key("failures");
    json.begin_array();
    for (const std::string& one : event.failures) json.string(one);
    json.end_array();
  }
  write_text("listener", event.listener, json);
  write_number("exit_code", event.exit_code, json);
  if (event.skipped > 0) json.key("skipped").integer(event.skipped);
  if (event.dropped > 0) json.key("dropped").integer(event.dropped);
  if (event.milliseconds) json.key("milliseconds").number(std::round(*event.milliseconds * 1000) / 1000);
  write_text("message", event.message, json);
  json.end_object();
  return std::move(json).take() + "\n";
}

std::string event_text(const Event& event) {
  std::string text =
      time_text(event.time) + " " + std::string(to_string(event.kind)) + headline(event) + "\n";
  for (const std::string& one : event.failures) text += "  " + text::printable(one) + "\n";
  const FindingCounts findings = event.finding_counts.value_or(FindingCounts{});
  add_details(event.findings, findings.errors + findings.warnings, "finding", text);
  const ChangeCounts changes = event.change_counts.value_or(ChangeCounts{});
  add_details(event.changes, changes.breaking + changes.risky + changes.additive + changes.neutral, "change",
              text);
  return text;
}

}  // namespace honua::watching
