// SPDX-License-Identifier: MIT
#include "diagnostics/render_checkstyle.h"

#include <utility>

#include "diagnostics/report_text.h"
#include "text/xml_writer.h"

namespace honua::diagnostics {

namespace {

// Of Checkstyle whose form this is; readers don't look at it.
constexpr std::string_view checkstyle_version = "8.0";

void write_checkstyle_error(text::XmlWriter& xml, const Diagnostic& diagnostic,
                            const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(diagnostic.range.file);
  xml.begin("error").attribute("line", file.line_of(diagnostic.range.begin));
  xml.attribute("column", file.column(diagnostic.range.begin, source::ColumnUnit::code_point));
  xml.attribute("severity", to_string(diagnostic.severity));
  xml.attribute("message", message_with_help(diagnostic, sources, "; "));
  xml.attribute("source", "honua." + std::string(diagnostic.rule->code));
  xml.end();
}

void write_checkstyle_failure(text::XmlWriter& xml, const Failure& failure) {
  xml.begin("file").attribute("name", failure_path(failure));
  xml.begin("error").attribute("line", 1).attribute("severity", "error");
  xml.attribute("message", describe_failure(failure)).attribute("source", "honua.failure");
  xml.end();
  xml.end();
}

}  // namespace

std::string render_checkstyle(const Report& report) {
  text::XmlWriter xml;
  xml.begin("checkstyle").attribute("version", checkstyle_version);
  for (const Failure& one : report.failures) write_checkstyle_failure(xml, one);
  source::FileId id = 0;
  for (const auto& findings : findings_by_file(report)) {
    xml.begin("file").attribute("name", plain_path(report.sources->file(id++).name()));
    for (const Finding* one : findings) write_checkstyle_error(xml, *one->diagnostic, *report.sources);
    xml.end();
  }
  xml.end();
  return std::move(xml).take();
}

}  // namespace honua::diagnostics
