// SPDX-License-Identifier: MIT
#include "diagnostics/baseline.h"

#include <algorithm>
#include <tuple>
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

std::size_t apply(const Baseline& baseline, const Levels& levels, Report& report) {
  const std::size_t left_out = std::erase_if(report.findings, [&](const Finding& one) {
    return baseline.contains(one.fingerprint) && !levels.is_protected(*one.diagnostic->rule);
  });
  report.suppressed.by_baseline += left_out;
  return baseline.size() - left_out;
}

}  // namespace honua::diagnostics
