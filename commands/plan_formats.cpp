// SPDX-License-Identifier: MIT
#include "commands/plan_formats.h"

#include "commands/report_formats.h"
#include "commands/run_report.h"
#include "commands/shown_diff.h"
#include "planning/edits.h"
#include "planning/plan_findings.h"

namespace honua::commands {

namespace {

Format report_format_of(PlanFormat format) {
  switch (format) {
    case PlanFormat::sarif: return Format::sarif;
    case PlanFormat::github: return Format::github;
    case PlanFormat::gitlab: return Format::gitlab;
    case PlanFormat::junit: return Format::junit;
    case PlanFormat::checkstyle: return Format::checkstyle;
    case PlanFormat::rdjson: return Format::rdjson;
    case PlanFormat::json_lines: return Format::json_lines;
    default: return Format::concise;
  }
}

std::vector<planning::Edit> edits_between(const PlanTexts& texts) {
  const auto before = snapshot::Document::from_canonical("before", texts.before);
  const auto after = snapshot::Document::from_canonical("after", texts.after);
  if (!before || !after) return {};
  return planning::find_edits(*before, *after);
}

}  // namespace

bool needs_texts(PlanFormat format) {
  return format == PlanFormat::json_patch || format == PlanFormat::merge_patch ||
         format == PlanFormat::unified;
}

std::string render_plan(const planning::PlanReport& report, const PlanTexts& texts, PlanFormat format,
                        bool color, std::chrono::sys_seconds time) {
  switch (format) {
    case PlanFormat::human: return planning::render_plan_human(report, color);
    case PlanFormat::json: return planning::render_plan_json(report);
    case PlanFormat::markdown: return planning::render_plan_markdown(report);
    case PlanFormat::json_patch: return planning::render_json_patch(edits_between(texts));
    case PlanFormat::merge_patch: return planning::render_merge_patch(edits_between(texts));
    case PlanFormat::unified: return shown_diff(texts.before, texts.after, "snapshot.json");
    default: break;
  }
  planning::PlanFindings findings(report);
  findings.report().program_version = program_version();
  findings.report().time = time;
  return render_report(findings.report(), report_format_of(format));
}

}  // namespace honua::commands
