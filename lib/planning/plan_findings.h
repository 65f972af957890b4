// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>

#include "diagnostics/report.h"
#include "planning/plan_report.h"

namespace honua::planning {

// A plan as findings, for the forms of reports that other programs read: a breaking change is an error, a
// risky one a warning, all else a note. They lie where the setting is now, or was. Keeps what the report
// refers to.
class PlanFindings {
 public:
  explicit PlanFindings(const PlanReport& plan);
  PlanFindings(const PlanFindings&) = delete;
  PlanFindings& operator=(const PlanFindings&) = delete;
  ~PlanFindings() = default;

  [[nodiscard]] diagnostics::Report& report() { return report_; }

 private:
  source::SourceSet sources_;
  diagnostics::Diagnostics sink_;
  diagnostics::Report report_;
};

// What `honua explain` tells about the rules, and reports list: by code.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained_changes();

}  // namespace honua::planning
