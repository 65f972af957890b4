// SPDX-License-Identifier: MIT
#include "diagnostics/finding_json.h"

#include "diagnostics/shown_text.h"

namespace honua::diagnostics {

namespace {

using text::JsonWriter;

// Readers may rely on all of it as long as the first number is the same.
constexpr std::string_view format_version = "1.1";

void write_position(JsonWriter& json, source::SourcePosition position) {
  json.begin_object();
  json.key("line").integer(position.line);
  json.key("column").integer(position.column);
  json.key("byte").integer(position.byte);
  json.end_object();
}

void write_place(JsonWriter& json, source::SourceRange range, const source::SourceSet& sources) {
  const source::SourceFile& file = sources.file(range.file);
  json.key("file").string(file.name());
  json.key("range").begin_object();
  json.key("start");
  write_position(json, file.position(range.begin));
  json.key("end");
  write_position(json, file.position(range.end));
  json.end_object();
}

void write_labels(JsonWriter& json, const std::vector<Label>& labels, const ShownTexts& shown,
                  const source::SourceSet& sources) {
  json.key("labels").begin_array();
  for (const Label& label : labels) {
    json.begin_object();
    json.key("message").string(shown(label.message));
    write_place(json, label.range, sources);
    json.end_object();
  }
  json.end_array();
}

void write_fix(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  const Fix* fix = shown_fix(diagnostic, sources);
  if (fix == nullptr) return json.key("fix").null();
  json.key("fix").begin_object();
  json.key("safety").string(fix->safety == FixSafety::safe ? "safe" : "unsafe");
  json.key("message").string(shown_text(fix->title));
  json.key("edits").begin_array();
  for (const Edit& edit : fix->edits) {
    json.begin_object();
    write_place(json, edit.range, sources);
    json.key("text").string(edit.text);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_suppressed(JsonWriter& json, const Suppressed& suppressed) {
  json.key("suppressed").begin_object();
  json.key("by_comment").integer(suppressed.by_comment);
  json.key("by_baseline").integer(suppressed.by_baseline);
  json.end_object();
}

}  // namespace

void write_finding(JsonWriter& json, const Finding& finding, const source::SourceSet& sources) {
  const Diagnostic& diagnostic = *finding.diagnostic;
  const ShownTexts shown(diagnostic, sources);
  json.key("code").string(diagnostic.rule->code);
  json.key("slug").string(diagnostic.rule->slug);
  json.key("severity").string(to_string(diagnostic.severity));
  json.key("category").string(diagnostic.rule->category);
  json.key("address").string(shown_text(finding.address));
  json.key("fingerprint").string(finding.fingerprint);
  json.key("message").string(shown(diagnostic.message));
  json.key("caption").string(shown(diagnostic.caption));
  write_place(json, diagnostic.range, sources);
  write_labels(json, diagnostic.labels, shown, sources);
  json.key("help").begin_array();
  for (const std::string& line : diagnostic.help) json.string(shown_text(line));
  json.end_array();
  write_fix(json, diagnostic, sources);
}

void write_failure(JsonWriter& json, const Failure& failure) {
  json.key("path").string(failure.path);
  json.key("message").string(failure.message);
}

void write_variable(JsonWriter& json, const EnvironmentVariable& variable, const source::SourceSet& sources) {
  json.key("name").string(shown_text(variable.name));
  json.key("set").boolean(variable.is_set);
  json.key("has_default").boolean(variable.has_default);
  json.key("needed").boolean(variable.is_needed);
  json.key("places").begin_array();
  for (const source::SourceRange place : variable.places) {
    json.begin_object();
    write_place(json, place, sources);
    json.end_object();
  }
  json.end_array();
}

void write_run(JsonWriter& json, const Report& report) {
  json.key("format_version").string(format_version);
  json.key("valid").boolean(report.is_valid());
  json.key("error_count").integer(report.count(Severity::error));
  json.key("warning_count").integer(report.count(Severity::warning));
  json.key("info_count").integer(report.count(Severity::info));
  json.key("dropped").integer(report.dropped());
  write_suppressed(json, report.suppressed);
  json.key("files").begin_array();
  for (const std::string& name : report.files) json.string(name);
  json.end_array();
}

}  // namespace honua::diagnostics
