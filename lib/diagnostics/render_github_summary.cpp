// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>
#include <vector>

#include "diagnostics/render_github.h"
#include "diagnostics/render_place.h"
#include "diagnostics/report_text.h"
#include "text/words.h"

namespace honua::diagnostics {

namespace {

// A text in a cell of a table: nothing in it is Markdown or HTML but code between backticks.
std::string markdown(std::string_view text) {
  constexpr std::string_view special = "\\`*_{}[]()<>#+-.!|&~:@\"'=$^";
  const bool is_paired = std::count(text.begin(), text.end(), '`') % 2 == 0;
  bool in_code = false;
  std::string out;
  for (const char c : text) {
    if (c == '`' && is_paired) {
      out += in_code ? "</code>" : "<code>";
      in_code = !in_code;
    } else if (special.find(c) != std::string_view::npos) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
  }
  return out;
}

std::string summary_row(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  return "| " + std::string(to_string(diagnostic.severity)) + " | " + std::string(diagnostic.rule->code) +
         " | " + markdown(describe_place(diagnostic.range, sources)) + " | " +
         markdown(message_line(diagnostic, sources)) + " |\n";
}

std::string summary_heading(const Report& report) {
  std::string out = "### honua validate\n\n" + text::count_of(report.count(Severity::error), "error") + ", " +
                    text::count_of(report.count(Severity::warning), "warning") + ", " +
                    text::count_of(report.count(Severity::info), "note") + " in " +
                    text::count_of(report.files.size(), "file");
  if (report.suppressed.total() > 0) out += ", " + std::to_string(report.suppressed.total()) + " suppressed";
  return out + "\n\n";
}

// The line that counts what has no room.
std::string count_left(std::size_t findings, std::size_t failures) {
  if (findings + failures == 0) return "";
  std::string out = "\n";
  if (failures > 0) out += text::count_of(failures, "more file") + " could not be read";
  if (failures > 0 && findings > 0) out += ", ";
  if (findings > 0) out += text::count_of(findings, "more finding") + " not shown here";
  return out + "\n";
}

std::vector<const Diagnostic*> worst_first(const Report& report) {
  std::vector<const Diagnostic*> sorted;
  sorted.reserve(report.findings.size());
  for (const Finding& one : report.findings) sorted.push_back(one.diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* one, const Diagnostic* other) {
    return one->severity < other->severity;
  });
  return sorted;
}

}  // namespace

std::string render_github_summary(const Report& report, std::size_t max_size) {
  constexpr std::string_view table_head =
      "| severity | rule | place | finding |\n| --- | --- | --- | --- |\n";
  std::string out = summary_heading(report);
  // Room for the line that counts what has none.
  const std::size_t reserve = count_left(report.findings.size(), report.failures.size()).size() + 16;
  const std::size_t room = max_size - std::min(max_size, reserve);
  if (out.size() + table_head.size() > room) return "";
  std::size_t failures = 0;
  for (const Failure& one : report.failures) {
    const std::string line = "- " + markdown(describe_failure(one)) + "\n";
    if (out.size() + line.size() + table_head.size() > room) break;
    out += line;
    ++failures;
  }
  if (failures > 0) out += "\n";
  std::size_t left = report.findings.size() + report.dropped();
  if (!report.findings.empty()) out += table_head;
  for (const Diagnostic* one : worst_first(report)) {
    const std::string line = summary_row(*one, *report.sources);
    if (out.size() + line.size() > room) break;
    out += line;
    --left;
  }
  return out + count_left(left, report.failures.size() - failures);
}

}  // namespace honua::diagnostics
