// SPDX-License-Identifier: MIT
#include "planning/plan_findings.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "planning/plan_rules.h"

namespace honua::planning {

namespace {

// Gives each file that a change lies in a place in one set.
class FileMerger {
 public:
  explicit FileMerger(source::SourceSet& sources) : sources_(sources) {}

  source::SourceRange range_in(const ReportSide& side, source::SourceRange range) {
    const source::SourceFile& file =
        side.sources == nullptr ? side.document->file() : side.sources->file(range.file);
    const auto [found, is_new] = ids_.emplace(&file, 0);
    if (is_new) found->second = sources_.add(file.name(), file.text()).id();
    return {found->second, range.begin, range.end};
  }

  // Of what has no place: the start of a side's first file.
  source::SourceRange start_of(const ReportSide& side) {
    const bool has_files = side.sources == nullptr || side.sources->size() > 0;
    return has_files ? range_in(side, {0, 0, 0})
                     : range_in({side.name, side.document, nullptr, ""}, {0, 0, 0});
  }

 private:
  source::SourceSet& sources_;
  std::map<const source::SourceFile*, source::FileId> ids_;
};

std::string with_security(const Change& change) {
  if (change.security == Security::none) return change.message;
  return change.message + " (security: " + std::string(to_string(change.security)) + ")";
}

}  // namespace

PlanFindings::PlanFindings(const PlanReport& plan) {
  FileMerger files(sources_);
  std::map<const diagnostics::Diagnostic*, const Change*> changes;
  for (const Change* one : plan.shown) {
    const bool is_gone = !one->after_place;
    const Place& place = is_gone ? one->before_place : one->after_place;
    const ReportSide& side = is_gone ? plan.before : plan.after;
    const source::SourceRange range = place ? files.range_in(side, *place) : files.start_of(plan.after);
    auto& made = sink_.report(one->rule->rule, severity_of(one->level), range, with_security(*one));
    if (!made.is_kept()) continue;
    if (!one->advice.empty()) made.suggest(one->advice);
    if (!is_gone && one->before_place) {
      const source::SourceRange before = files.range_in(plan.before, *one->before_place);
      made.label(before, one->before.empty() ? "before" : "before: `" + one->before + "`");
    }
    changes.emplace(&made, one);
  }
  report_ = diagnostics::make_report(sink_, sources_);
  for (diagnostics::Finding& finding : report_.findings) {
    const Change& change = *changes.at(finding.diagnostic);
    finding.address = change.address;
    finding.fingerprint = change.fingerprint;
  }
  for (const diagnostics::RuleInfo& info : explained_changes()) report_.rules.push_back(&info);
}

std::span<const diagnostics::RuleInfo> explained_changes() {
  static const std::vector<diagnostics::RuleInfo> all = [] {
    std::vector<diagnostics::RuleInfo> made;
    for (const ChangeRule* one : change_rules())
      made.push_back({&one->rule, one->why, one->after, one->before, "", ""});
    return made;
  }();
  return all;
}

}  // namespace honua::planning
