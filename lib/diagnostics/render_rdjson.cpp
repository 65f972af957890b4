// SPDX-License-Identifier: MIT
#include "diagnostics/render_rdjson.h"

#include <string_view>
#include <utility>

#include "diagnostics/report_text.h"
#include "diagnostics/shown_text.h"
#include "text/json_writer.h"
#include "text/sanitize.h"

namespace honua::diagnostics {

namespace {

using text::JsonWriter;

// A suggestion is shown as a change to a few lines; nobody reads one that spans half of a file.
constexpr std::size_t max_suggestion = 4096;

std::string_view rdjson_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "ERROR";
    case Severity::warning: return "WARNING";
    case Severity::info: break;
  }
  return "INFO";
}

void write_rdjson_position(JsonWriter& json, const source::SourceFile& file, std::uint32_t byte) {
  json.begin_object();
  json.key("line").integer(file.line_of(byte));
  json.key("column").integer(file.column(byte, source::ColumnUnit::byte));
  json.end_object();
}

void write_rdjson_range(JsonWriter& json, source::SourceRange range, const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(range.file);
  json.key("range").begin_object();
  json.key("start");
  write_rdjson_position(json, file, range.begin);
  json.key("end");
  write_rdjson_position(json, file, range.end);
  json.end_object();
}

void write_rdjson_location(JsonWriter& json, source::SourceRange range, const source::SourceSet& sources) {
  json.key("location").begin_object();
  json.key("path").string(plain_path(sources.file(range.file).name()));
  write_rdjson_range(json, range, sources);
  json.end_object();
}

// The edits of a fix as one: readers offer each suggestion for itself, and half a fix may mend nothing.
std::optional<Edit> joined_edit(const Fix& fix, const source::SourceSet& sources) {
  Edit joined = fix.edits.front();
  const source::SourceFile& file = sources.file(joined.range.file);
  joined.range.end = fix.edits.back().range.end;
  if (joined.range.end - joined.range.begin > max_suggestion || file.holds_secret(joined.range))
    return std::nullopt;
  for (std::size_t i = 1; i < fix.edits.size(); ++i) {
    joined.text += file.text({joined.range.file, fix.edits[i - 1].range.end, fix.edits[i].range.begin});
    joined.text += fix.edits[i].text;
  }
  return joined.text.size() > max_suggestion ? std::nullopt : std::optional(joined);
}

void write_suggestions(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  const Fix* fix = shown_fix(diagnostic, sources);
  const auto edit = fix == nullptr ? std::nullopt : joined_edit(*fix, sources);
  if (!edit) return;
  json.key("suggestions").begin_array();
  json.begin_object();
  write_rdjson_range(json, edit->range, sources);
  json.key("text").string(edit->text);
  json.end_object();
  json.end_array();
}

void write_rdjson_related(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  if (diagnostic.labels.empty()) return;
  const ShownTexts shown(diagnostic, sources);
  json.key("relatedLocations").begin_array();
  for (const Label& label : diagnostic.labels) {
    json.begin_object();
    json.key("message").string(text::printable(shown(label.message)));
    write_rdjson_location(json, label.range, sources);
    json.end_object();
  }
  json.end_array();
}

void write_rdjson_diagnostic(JsonWriter& json, const Diagnostic& diagnostic,
                             const source::SourceSet& sources) {
  json.begin_object();
  json.key("message").string(message_with_help(diagnostic, sources, "\n"));
  write_rdjson_location(json, diagnostic.range, sources);
  json.key("severity").string(rdjson_severity(diagnostic.severity));
  json.key("code").begin_object();
  json.key("value").string(diagnostic.rule->code);
  json.end_object();
  write_suggestions(json, diagnostic, sources);
  write_rdjson_related(json, diagnostic, sources);
  json.end_object();
}

void write_rdjson_failure(JsonWriter& json, const Failure& failure) {
  json.begin_object();
  json.key("message").string(describe_failure(failure));
  json.key("location").begin_object();
  json.key("path").string(failure_path(failure));
  json.end_object();
  json.key("severity").string("ERROR");
  json.end_object();
}

}  // namespace

std::string render_rdjson(const Report& report) {
  constexpr std::size_t indent = 2;
  JsonWriter json(indent);
  json.begin_object();
  json.key("source").begin_object();
  json.key("name").string("honua");
  json.end_object();
  json.key("diagnostics").begin_array();
  for (const Failure& one : report.failures) write_rdjson_failure(json, one);
  for (const Finding& one : report.findings) write_rdjson_diagnostic(json, *one.diagnostic, *report.sources);
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::diagnostics
