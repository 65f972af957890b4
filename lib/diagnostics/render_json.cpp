// SPDX-License-Identifier: MIT
#include "diagnostics/render_json.h"

#include <utility>

#include "diagnostics/shown_text.h"
#include "text/json_writer.h"

namespace honua::diagnostics {

namespace {

using text::JsonWriter;

// Readers may rely on all of it as long as the first number is the same.
constexpr std::string_view format_version = "1.0";

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

void write_diagnostic(JsonWriter& json, const Diagnostic& diagnostic, const source::SourceSet& sources) {
  const ShownTexts shown(diagnostic, sources);
  json.begin_object();
  json.key("code").string(diagnostic.rule->code);
  json.key("slug").string(diagnostic.rule->slug);
  json.key("severity").string(to_string(diagnostic.severity));
  json.key("category").string(diagnostic.rule->category);
  json.key("message").string(shown(diagnostic.message));
  json.key("caption").string(shown(diagnostic.caption));
  write_place(json, diagnostic.range, sources);
  write_labels(json, diagnostic.labels, shown, sources);
  json.key("help").begin_array();
  for (const std::string& line : diagnostic.help) json.string(shown_text(line));
  json.end_array();
  json.end_object();
}

void write_failures(JsonWriter& json, std::span<const Failure> failures) {
  json.key("failures").begin_array();
  for (const Failure& failure : failures) {
    json.begin_object();
    json.key("path").string(failure.path);
    json.key("message").string(failure.message);
    json.end_object();
  }
  json.end_array();
}

void write_environment(JsonWriter& json, std::span<const EnvironmentVariable> environment,
                       const source::SourceSet& sources) {
  json.key("environment").begin_array();
  for (const EnvironmentVariable& variable : environment) {
    json.begin_object();
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
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics, const source::SourceSet& sources,
                        std::span<const std::string> files, std::span<const Failure> failures,
                        std::span<const EnvironmentVariable> environment) {
  const bool valid = !diagnostics.has_errors() && failures.empty();
  constexpr std::size_t indent = 2;
  JsonWriter json(indent);
  json.begin_object();
  json.key("format_version").string(format_version);
  json.key("valid").boolean(valid);
  json.key("error_count").integer(diagnostics.count(Severity::error));
  json.key("warning_count").integer(diagnostics.count(Severity::warning));
  json.key("info_count").integer(diagnostics.count(Severity::info));
  json.key("dropped").integer(diagnostics.dropped());
  json.key("files").begin_array();
  for (const std::string& name : files) json.string(name);
  json.end_array();
  write_failures(json, failures);
  write_environment(json, environment, sources);
  json.key("diagnostics").begin_array();
  for (const Diagnostic* one : diagnostics.sorted()) write_diagnostic(json, *one, sources);
  json.end_array();
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::diagnostics
