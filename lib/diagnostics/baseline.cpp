// SPDX-License-Identifier: MIT
#include "diagnostics/baseline.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diagnostics/shown_text.h"
#include "text/json_writer.h"

namespace honua::diagnostics {

namespace {

constexpr std::string_view baseline_version = "1.0";

}  // namespace

std::string render_baseline(const Report& report, const Levels& levels) {
  std::vector<const Finding*> findings;
  for (const Finding& one : report.findings) {
    if (!levels.is_protected(*one.diagnostic->rule)) findings.push_back(&one);
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding* a, const Finding* b) {
    return std::tie(a->address, a->diagnostic->rule->code) < std::tie(b->address, b->diagnostic->rule->code);
  });
  text::JsonWriter json(2);
  json.begin_object();
  json.key("format_version").string(baseline_version);
  json.key("findings").begin_array();
  for (const Finding* one : findings) {
    json.begin_object();
    json.key("code").string(one->diagnostic->rule->code);
    json.key("address").string(shown_text(one->address));
    json.key("fingerprint").string(one->fingerprint);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

std::size_t apply(const Baseline& baseline, const Levels& levels, const IsLookedFor& is_looked_for,
                  Report& report) {
  std::unordered_set<std::string_view> found(report.ignored.begin(), report.ignored.end());
  for (const Finding& one : report.findings) found.insert(one.fingerprint);
  const auto gone = std::ranges::count_if(baseline, [&](const auto& entry) {
    return !found.contains(entry.first) && is_looked_for(entry.second);
  });
  report.suppressed.by_baseline += std::erase_if(report.findings, [&](const Finding& one) {
    return baseline.contains(one.fingerprint) && !levels.is_protected(*one.diagnostic->rule);
  });
  return static_cast<std::size_t>(gone);
}

}  // namespace honua::diagnostics
