// SPDX-License-Identifier: MIT
#include "diagnostics/render_json_lines.h"

#include <string_view>
#include <utility>

#include "diagnostics/finding_json.h"

namespace honua::diagnostics {

namespace {

template <class Write>
std::string json_line(std::string_view type, const Write& write) {
  text::JsonWriter json;
  json.begin_object();
  json.key("type").string(type);
  write(json);
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace

std::string render_json_lines(const Report& report) {
  using text::JsonWriter;
  const source::SourceSet& sources = *report.sources;
  std::string out;
  for (const Finding& one : report.findings)
    out += json_line("diagnostic", [&](JsonWriter& json) { write_finding(json, one, sources); });
  for (const Failure& one : report.failures)
    out += json_line("failure", [&](JsonWriter& json) { write_failure(json, one); });
  for (const EnvironmentVariable& one : report.environment)
    out += json_line("environment", [&](JsonWriter& json) { write_variable(json, one, sources); });
  return out + json_line("summary", [&](JsonWriter& json) { write_run(json, report); });
}

}  // namespace honua::diagnostics
