// SPDX-License-Identifier: MIT
#include "diagnostics/render_sarif.h"

#include <map>
#include <set>
#include <utility>

#include "diagnostics/line_hash.h"
#include "diagnostics/report_text.h"
#include "diagnostics/sarif_rules.h"
#include "diagnostics/shown_text.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::diagnostics {

namespace {

using text::JsonWriter;

constexpr std::string_view sarif_schema = "https://json.schemastore.org/sarif-2.1.0.json";

// Tells these results from those of other tools and commands; the slash ends a category, not a run's name.
constexpr std::string_view automation_id = "honua-validate/";

// The hashes of the lines that a report's findings start in, by file and line.
using Hashes = std::map<source::FileId, std::map<std::uint32_t, std::string>>;

Hashes hashes_of(const Report& report) {
  std::map<source::FileId, std::set<std::uint32_t>> lines;
  for (const Finding& one : report.findings) {
    const source::SourceRange range = one.diagnostic->range;
    lines[range.file].insert(report.sources->file(range.file).line_of(range.begin));
  }
  Hashes hashes;
  for (const auto& [file, wanted] : lines) hashes[file] = line_hashes(report.sources->file(file), wanted);
  return hashes;
}

void write_artifact(JsonWriter& json, std::string_view path) {
  json.key("artifactLocation").begin_object();
  json.key("uri").string(path_uri(path));
  json.end_object();
}

void write_region(JsonWriter& json, std::string_view name, source::SourceRange range,
                  const source::SourceFile& file) {
  using source::ColumnUnit;
  json.key(name).begin_object();
  json.key("startLine").integer(file.line_of(range.begin));
  json.key("startColumn").integer(file.column(range.begin, ColumnUnit::utf16));
  json.key("endLine").integer(file.line_of(range.end));
  json.key("endColumn").integer(file.column(range.end, ColumnUnit::utf16));
  json.end_object();
}

void write_physical_location(JsonWriter& json, source::SourceRange range, const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(range.file);
  json.key("physicalLocation").begin_object();
  write_artifact(json, file.name());
  write_region(json, "region", range, file);
  json.end_object();
}

void write_location(JsonWriter& json, const Finding& finding, const source::SourceSet& sources) {
  json.key("locations").begin_array();
  json.begin_object();
  write_physical_location(json, finding.diagnostic->range, sources);
  if (!finding.address.empty()) {
    json.key("logicalLocations").begin_array();
    json.begin_object();
    json.key("fullyQualifiedName").string(text::printable(shown_text(finding.address)));
    json.end_object();
    json.end_array();
  }
  json.end_object();
  json.end_array();
}

// GitHub shows those with a message only.
void write_related(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  if (diagnostic.labels.empty()) return;
  const ShownTexts shown(diagnostic, sources);
  std::size_t id = 0;
  json.key("relatedLocations").begin_array();
  for (const Label& label : diagnostic.labels) {
    json.begin_object();
    json.key("id").integer(++id);
    write_physical_location(json, label.range, sources);
    write_sarif_text(json, "message",
                     label.message.empty() ? "see also" : text::printable(shown(label.message)));
    json.end_object();
  }
  json.end_array();
}

void write_replacements(JsonWriter& json, const Fix& fix, const source::SourceFile& file) {
  json.key("replacements").begin_array();
  for (const Edit& edit : fix.edits) {
    json.begin_object();
    write_region(json, "deletedRegion", edit.range, file);
    write_sarif_text(json, "insertedContent", edit.text);
    json.end_object();
  }
  json.end_array();
}

void write_fixes(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  const Fix* fix = shown_fix(diagnostic, sources);
  if (fix == nullptr) return;
  const source::SourceFile& file = sources.file(fix->edits.front().range.file);
  json.key("fixes").begin_array();
  json.begin_object();
  write_sarif_text(json, "description", text::printable(shown_text(fix->title)));
  json.key("artifactChanges").begin_array();
  json.begin_object();
  write_artifact(json, file.name());
  write_replacements(json, *fix, file);
  json.end_object();
  json.end_array();
  json.end_object();
  json.end_array();
}

void write_fingerprints(JsonWriter& json, const Finding& finding, const Hashes& hashes,
                        const source::SourceSet& sources) {
  const source::SourceRange range = finding.diagnostic->range;
  const auto& lines = hashes.at(range.file);
  const auto hash = lines.find(sources.file(range.file).line_of(range.begin));
  json.key("partialFingerprints").begin_object();
  json.key("honuaPath/v1").string(finding.fingerprint);
  if (hash != lines.end()) json.key("primaryLocationLineHash").string(hash->second);
  json.end_object();
}

void write_results(JsonWriter& json, const Report& report, const SarifRules& rules) {
  const source::SourceSet& sources = *report.sources;
  const Hashes hashes = hashes_of(report);
  json.key("results").begin_array();
  for (const Finding& finding : report.findings) {
    const Diagnostic& diagnostic = *finding.diagnostic;
    json.begin_object();
    json.key("ruleId").string(diagnostic.rule->code);
    json.key("ruleIndex").integer(rules.index_of(*diagnostic.rule));
    json.key("level").string(sarif_level(diagnostic.severity));
    write_sarif_text(json, "message", message_with_help(diagnostic, sources, "\n"));
    write_location(json, finding, sources);
    write_related(json, diagnostic, sources);
    write_fingerprints(json, finding, hashes, sources);
    write_fixes(json, diagnostic, sources);
    json.end_object();
  }
  json.end_array();
}

void write_notification(JsonWriter& json, const Failure& failure) {
  json.begin_object();
  json.key("level").string("error");
  write_sarif_text(json, "message", describe_failure(failure));
  if (!failure.path.empty()) {
    json.key("locations").begin_array();
    json.begin_object();
    json.key("physicalLocation").begin_object();
    write_artifact(json, failure.path);
    json.end_object();
    json.end_object();
    json.end_array();
  }
  json.end_object();
}

void write_invocation(JsonWriter& json, const Report& report) {
  json.key("invocations").begin_array();
  json.begin_object();
  json.key("executionSuccessful").boolean(report.failures.empty());
  if (!report.failures.empty()) {
    json.key("toolExecutionNotifications").begin_array();
    for (const Failure& failure : report.failures) write_notification(json, failure);
    json.end_array();
  }
  json.end_object();
  json.end_array();
}

void write_tool(JsonWriter& json, const Report& report, const SarifRules& rules) {
  json.key("tool").begin_object();
  json.key("driver").begin_object();
  json.key("name").string("honua");
  json.key("semanticVersion").string(report.program_version);
  json.key("rules");
  rules.write(json);
  json.end_object();
  json.end_object();
}

}  // namespace

std::string render_sarif(const Report& report) {
  constexpr std::size_t indent = 2;
  const SarifRules rules(report);
  JsonWriter json(indent);
  json.begin_object();
  json.key("$schema").string(sarif_schema);
  json.key("version").string("2.1.0");
  json.key("runs").begin_array();
  json.begin_object();
  write_tool(json, report, rules);
  json.key("automationDetails").begin_object();
  json.key("id").string(automation_id);
  json.end_object();
  write_invocation(json, report);
  json.key("columnKind").string("utf16CodeUnits");
  write_results(json, report, rules);
  json.end_object();
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::diagnostics
