// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "planning/change.h"
#include "snapshot/document.h"
#include "source/source_file.h"

namespace honua::planning {

// One side as a report names it.
struct ReportSide {
  std::string name;                              // as the user gave it; fit for printing
  const snapshot::Document* document = nullptr;  // what was compared
  const source::SourceSet* sources = nullptr;    // the files it came from; nullptr: it was read as a snapshot
  std::string hash;                              // of the snapshot; "" where no report needs it
};

// What runs is not what the old side says: changes that nobody made there. What it refers to must outlive it.
struct Drift {
  ReportSide live;
  std::vector<const Change*> shown;  // from the old side to the live one, in a plan's order
};

// A plan with what its renderers need to know. What it refers to must outlive it.
struct PlanReport {
  const ChangeSet* plan = nullptr;
  ReportSide before;
  ReportSide after;
  std::vector<const Change*> shown;  // the changes that were asked for, in the plan's order
  std::size_t accepted = 0;          // that are left out because somebody accepted them
  const Drift* drift = nullptr;      // nullptr: nobody asked
};

// "conf/roads.hcl:3:5"; "" for no place.
[[nodiscard]] std::string place_text(const ReportSide& side, const Place& place);

// "major", "minor", "patch" or "none": by how much the version of what is published should grow.
[[nodiscard]] std::string_view version_bump(const std::vector<const Change*>& changes);

// "1 breaking, 2 risky, 3 neutral; security: 1 weaker"; "" for none.
[[nodiscard]] std::string counts_of(const std::vector<const Change*>& changes);
// The changes of the live side that the new one has, too; the others it undoes.
[[nodiscard]] std::set<const Change*> planned_drift(const PlanReport& report);

// What the operator has to expect, worst first: "operator: restart (service.wfs); flush (layer.roads)" with a
// line feed; "" for nothing but a reload.
[[nodiscard]] std::string effects_of(const std::vector<const Change*>& changes);
// How many changes nobody asked for.
[[nodiscard]] std::size_t left_out(const PlanReport& report);
// What the report does not tell, a line each; "" for nothing.
[[nodiscard]] std::string not_shown(const PlanReport& report);

// The counts; "no changes".
[[nodiscard]] std::string summary_of(const PlanReport& report);

// For people, with a summary first.
[[nodiscard]] std::string render_plan_human(const PlanReport& report, bool color);
// One document: schemas/plan.v1.schema.json.
[[nodiscard]] std::string render_plan_json(const PlanReport& report);

// GitHub takes so many characters in a comment. Bytes are counted, which are never fewer.
inline constexpr std::size_t max_markdown_size = 65'536;
// For a pull request: the summary, then a table a level. Beyond max_markdown_size characters it is cut and
// says so.
[[nodiscard]] std::string render_plan_markdown(const PlanReport& report);

// RFC 6902 and RFC 7386: what turns the one snapshot into the other.
[[nodiscard]] std::string render_json_patch(const std::vector<Edit>& edits);
[[nodiscard]] std::string render_merge_patch(const std::vector<Edit>& edits);

}  // namespace honua::planning
