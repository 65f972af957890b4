// SPDX-License-Identifier: MIT
#include "planning/plan_report.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <tuple>

#include "text/sanitize.h"
#include "text/words.h"

namespace honua::planning {

namespace {

std::string block_of(const std::string& address) {
  const std::size_t dot = address.find('.');
  if (dot == std::string::npos) return text::printable(address);
  return text::printable(address.substr(0, address.find_first_of(".[", dot + 1)));
}

std::string joined(const std::set<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string list;
  std::size_t count = 0;
  for (const std::string& one : names) {
    if (++count > most) return list + ", " + std::to_string(names.size() - most) + " more";
    list += (list.empty() ? "" : ", ") + one;
  }
  return list;
}

}  // namespace

std::string place_text(const ReportSide& side, const Place& place) {
  if (!place) return "";
  const source::SourceFile& file =
      side.sources == nullptr ? side.document->file() : side.sources->file(place->file);
  const source::SourcePosition position = file.position(place->begin);
  return text::printable(file.name()) + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column);
}

std::string_view version_bump(const std::vector<const Change*>& changes) {
  Level worst = Level::neutral;
  for (const Change* one : changes) worst = std::min(worst, one->level);
  if (changes.empty()) return "none";
  if (worst == Level::breaking) return "major";
  return worst == Level::neutral ? "patch" : "minor";
}

std::string counts_of(const std::vector<const Change*>& changes) {
  std::string text;
  const auto add = [&text](std::size_t count, std::string_view what, std::string_view separator) {
    if (count == 0) return;
    text += (text.empty() ? "" : std::string(separator)) + std::to_string(count) + " " + std::string(what);
  };
  for (const Level level : {Level::breaking, Level::risky, Level::additive, Level::neutral}) {
    const auto count = std::ranges::count(changes, level, [](const Change* one) { return one->level; });
    add(static_cast<std::size_t>(count), to_string(level), ", ");
  }
  std::string_view separator = "; security: ";
  for (const Security security : {Security::weaker, Security::stronger}) {
    const auto count = std::ranges::count(changes, security, [](const Change* one) { return one->security; });
    if (count == 0) continue;
    add(static_cast<std::size_t>(count), to_string(security), separator);
    separator = ", ";
  }
  return text;
}

std::set<const Change*> planned_drift(const PlanReport& report) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  const auto key_of = [](const Change& one) { return Key(one.fingerprint, one.after, one.message); };
  std::set<Key> planned;
  for (const Change& one : report.plan->changes) planned.insert(key_of(one));
  std::set<const Change*> found;
  for (const Change* one : report.drift->shown) {
    if (planned.contains(key_of(*one))) found.insert(one);
  }
  return found;
}

std::string effects_of(const std::vector<const Change*>& changes) {
  std::map<Effect, std::set<std::string>, std::greater<>> effects;
  for (const Change* one : changes) {
    if (one->effect > Effect::reload) effects[one->effect].insert(block_of(one->address));
  }
  std::string line;
  for (const auto& [effect, blocks] : effects)
    line += (line.empty() ? "" : "; ") + std::string(to_string(effect)) + " (" + joined(blocks) + ")";
  return line.empty() ? "" : "operator: " + line + "\n";
}

std::size_t left_out(const PlanReport& report) {
  return report.plan->changes.size() - report.accepted - report.shown.size();
}

std::string not_shown(const PlanReport& report) {
  std::string lines;
  if (report.accepted > 0) lines += "accepted: " + std::to_string(report.accepted) + " left out\n";
  if (const std::size_t count = left_out(report); count > 0)
    lines += "not shown: " + text::count_of(count, "change") + " that nobody asked for\n";
  if (report.plan->undecided_secrets > 0) {
    lines += "not compared: " + text::count_of(report.plan->undecided_secrets, "secret") +
             " that a snapshot does not hold\n";
  }
  return lines;
}

std::string summary_of(const PlanReport& report) {
  if (!report.shown.empty()) return counts_of(report.shown);
  if (left_out(report) > 0) return "no changes that were asked for";
  return report.accepted == 0 ? "no changes" : "no changes but accepted ones";
}

}  // namespace honua::planning
