// SPDX-License-Identifier: MIT
#include "planning/plan_report.h"

#include <algorithm>
#include <array>

#include "text/sanitize.h"

namespace honua::planning {

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

std::string summary_of(const PlanReport& report) {
  std::string text;
  const auto add = [&text](std::size_t count, std::string_view what, std::string_view separator) {
    if (count == 0) return;
    text += (text.empty() ? "" : std::string(separator)) + std::to_string(count) + " " + std::string(what);
  };
  for (const Level level : {Level::breaking, Level::risky, Level::additive, Level::neutral}) {
    const auto count = std::ranges::count(report.shown, level, [](const Change* one) { return one->level; });
    add(static_cast<std::size_t>(count), to_string(level), ", ");
  }
  if (text.empty()) return report.accepted == 0 ? "no changes" : "no changes but accepted ones";
  std::string_view separator = "; security: ";
  for (const Security security : {Security::weaker, Security::stronger}) {
    const auto count =
        std::ranges::count(report.shown, security, [](const Change* one) { return one->security; });
    if (count == 0) continue;
    add(static_cast<std::size_t>(count), to_string(security), separator);
    separator = ", ";
  }
  return text;
}

}  // namespace honua::planning
