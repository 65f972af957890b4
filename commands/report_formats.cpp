// SPDX-License-Identifier: MIT
#include "commands/report_formats.h"

#include <algorithm>
#include <array>

#include "diagnostics/render_checkstyle.h"
#include "diagnostics/render_concise.h"
#include "diagnostics/render_github.h"
#include "diagnostics/render_gitlab.h"
#include "diagnostics/render_human.h"
#include "diagnostics/render_json.h"
#include "diagnostics/render_json_lines.h"
#include "diagnostics/render_junit.h"
#include "diagnostics/render_rdjson.h"
#include "diagnostics/render_sarif.h"

namespace honua::commands {

namespace {

constexpr std::array report_formats = {
    Choice<Format>{"human", Format::human},
    Choice<Format>{"concise", Format::concise},
    Choice<Format>{"json", Format::json},
    Choice<Format>{"jsonl", Format::json_lines},
    Choice<Format>{"sarif", Format::sarif},
    Choice<Format>{"github", Format::github},
    Choice<Format>{"gitlab", Format::gitlab},
    Choice<Format>{"junit", Format::junit},
    Choice<Format>{"checkstyle", Format::checkstyle},
    Choice<Format>{"rdjson", Format::rdjson},
};

}  // namespace

void add_report_format_option(CLI::App& app, Format& target) {
  add_choice_option(app, "--format", "how to report on standard output (default: human)", report_formats,
                    target);
}

std::vector<std::string_view> report_format_names() {
  std::vector<std::string_view> names;
  names.reserve(report_formats.size());
  for (const Choice<Format>& one : report_formats) names.push_back(one.name);
  return names;
}

std::optional<Format> find_report_format(std::string_view name) {
  const auto* const found = std::ranges::find(report_formats, name, &Choice<Format>::name);
  return found == report_formats.end() ? std::nullopt : std::optional(found->value);
}

std::string render_report(const diagnostics::Report& report, Format format, const ReportOptions& options) {
  switch (format) {
    case Format::human: return render_human(report, {options.color});
    case Format::concise: return render_concise(report);
    case Format::json: return render_json(report);
    case Format::json_lines: return render_json_lines(report);
    case Format::sarif: return render_sarif(report);
    case Format::github: return render_github(report, options.has_github_summary);
    case Format::gitlab: return render_gitlab(report);
    case Format::junit: return render_junit(report);
    case Format::checkstyle: return render_checkstyle(report);
    case Format::rdjson: return render_rdjson(report);
  }
  return "";
}

bool holds_account(Format format) { return format == Format::json || format == Format::json_lines; }

bool needs_identities(Format format) {
  return holds_account(format) || format == Format::sarif || format == Format::gitlab;
}

}  // namespace honua::commands
