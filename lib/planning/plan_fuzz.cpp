// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "planning/edits.h"
#include "planning/endpoints.h"
#include "planning/plan.h"
#include "planning/plan_findings.h"
#include "planning/plan_report.h"
#include "snapshot/document.h"

namespace {

using namespace honua;
using snapshot::Document;

// Stands in no JSON.
constexpr char separator = '\f';

planning::PlanReport report_of(const planning::ChangeSet& plan, const Document& before,
                               const Document& after) {
  planning::PlanReport report{&plan, {"before", &before, nullptr, ""}, {"after", &after, nullptr, ""}, {}, 0};
  for (const planning::Change& one : plan.changes) report.shown.push_back(&one);
  return report;
}

}  // namespace

// Any two snapshots: planning is bounded. One against itself is no change; whatever differs is a change, in
// one direction as in the other; and every report can be made.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string all(data, data + size);
  const std::size_t cut = std::min(all.find(separator), all.size());
  const auto before = Document::read("before", all.substr(0, cut));
  const auto after = Document::read("after", all.substr(std::min(cut + 1, all.size())));
  if (!before || !after) return 0;
  HONUA_ASSERT(planning::make_plan({&*before}, {&*before}).changes.empty());
  const planning::ChangeSet plan = planning::make_plan({&*before}, {&*after});
  const planning::ChangeSet back = planning::make_plan({&*after}, {&*before});
  HONUA_ASSERT(plan.changes.size() == back.changes.size());
  HONUA_ASSERT(plan.undecided_secrets == back.undecided_secrets);
  const planning::PlanReport report = report_of(plan, *before, *after);
  (void)planning::render_plan_human(report, true);
  (void)planning::render_plan_json(report);
  HONUA_ASSERT(planning::render_plan_markdown(report).size() <= planning::max_markdown_size);
  const planning::PlanFindings findings(report);
  const auto edits = planning::find_edits(*before, *after);
  HONUA_ASSERT(edits.empty() == (before->text() == after->text()));
  (void)planning::render_json_patch(edits);
  (void)planning::render_merge_patch(edits);
  (void)planning::render_endpoints(planning::compare_endpoints(*before, *after));
  return 0;
}
