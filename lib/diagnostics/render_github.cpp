// SPDX-License-Identifier: MIT
#include "diagnostics/render_github.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "diagnostics/report_text.h"
#include "text/words.h"

namespace honua::diagnostics {

namespace {

// Escapes what would end a command or one of its properties.
std::string escape_command(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += is_property ? "%3A" : ":"; break;
      case ',': out += is_property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: break;
  }
  return "notice";
}

std::string annotation_title(const Rule& rule) {
  return std::string(rule.code) + " " + std::string(rule.slug);
}

// The range's last byte's line: a range that ends behind a line end is not about the next line.
std::uint32_t last_line(source::SourceRange range, const source::SourceFile& file) {
  return file.line_of(range.end > range.begin ? range.end - 1 : range.end);
}

std::string annotation_properties(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  using source::ColumnUnit;
  const source::SourceRange range = diagnostic.range;
  const source::SourceFile& file = sources.file(range.file);
  const std::uint32_t line = file.line_of(range.begin);
  const std::uint32_t end_line = last_line(range, file);
  std::string out = "file=" + escape_command(plain_path(file.name()), true) +
                    ",line=" + std::to_string(line) + ",endLine=" + std::to_string(end_line);
  if (line == end_line) {
    // GitHub doesn't say what it counts columns in; other tools send code points.
    const std::uint32_t end = std::max(range.begin, std::min(range.end, file.line_range(line).end));
    out += ",col=" + std::to_string(file.column(range.begin, ColumnUnit::code_point)) +
           ",endColumn=" + std::to_string(file.column(end, ColumnUnit::code_point));
  }
  return out + ",title=" + escape_command(annotation_title(*diagnostic.rule), true);
}

std::string annotation(const Diagnostic& diagnostic, const source::SourceSet& sources) {
  return "::" + std::string(command_of(diagnostic.severity)) + " " +
         annotation_properties(diagnostic, sources) +
         "::" + escape_command(message_with_help(diagnostic, sources, "\n"), false) + "\n";
}

// How many annotations there are of a level: what could not be read is an error too.
std::size_t annotation_count(const Report& report, Severity severity) {
  return report.count(severity) + (severity == Severity::error ? report.failures.size() : 0);
}

// "12 errors and 11 warnings", of those of which GitHub drops some; "" for none. A notice that says so is
// one of the notes that GitHub shows.
std::string crowded_levels(const Report& report, bool has_notice) {
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    const std::size_t count = annotation_count(report, severity);
    const std::size_t places = shown_annotations - (has_notice && severity == Severity::info ? 1 : 0);
    if (count <= places) continue;
    if (!out.empty()) out += " and ";
    out += text::count_of(count, severity == Severity::info ? "note" : to_string(severity));
  }
  return out;
}

std::string notice(const Report& report, bool has_summary) {
  const bool has_notice = report.dropped() > 0 || !crowded_levels(report, false).empty();
  const std::string levels = crowded_levels(report, has_notice);
  if (levels.empty() && report.dropped() == 0) return "";
  std::string out = "::notice title=honua::";
  if (!levels.empty()) {
    out += levels + ": GitHub shows " + std::to_string(shown_annotations) +
           " of each level, the rest is in " +
           (has_summary ? "the summary of the job" : "the log of this step");
  }
  if (report.dropped() > 0) {
    out +=
        (levels.empty() ? "" : "; ") + std::to_string(report.dropped()) + " more findings are not reported";
  }
  return out + "\n";
}

}  // namespace

std::string render_github(const Report& report, bool has_summary) {
  std::string out;
  for (const Failure& failure : report.failures)
    out += "::error title=honua::" + escape_command(describe_failure(failure), false) + "\n";
  // In front of the notes, lest it is itself one of those that GitHub drops.
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    if (severity == Severity::info) out += notice(report, has_summary);
    for (const Finding& one : report.findings) {
      if (one.diagnostic->severity == severity) out += annotation(*one.diagnostic, *report.sources);
    }
  }
  return out;
}

}  // namespace honua::diagnostics
