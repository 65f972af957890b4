// SPDX-License-Identifier: MIT
#include "diagnostics/render_json.h"

#include <utility>

#include "diagnostics/finding_json.h"

namespace honua::diagnostics {

namespace {

// An array of objects, each written by `write`.
template <class Items, class Write>
void write_objects(text::JsonWriter& json, std::string_view name, const Items& items, const Write& write) {
  json.key(name).begin_array();
  for (const auto& one : items) {
    json.begin_object();
    write(one);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render_json(const Report& report) {
  const source::SourceSet& sources = *report.sources;
  constexpr std::size_t indent = 2;
  text::JsonWriter json(indent);
  json.begin_object();
  write_run(json, report);
  write_objects(json, "failures", report.failures, [&](const Failure& one) { write_failure(json, one); });
  write_objects(json, "environment", report.environment,
                [&](const EnvironmentVariable& one) { write_variable(json, one, sources); });
  write_objects(json, "diagnostics", report.findings,
                [&](const Finding& one) { write_finding(json, one, sources); });
  json.end_object();
  return std::move(json).take() + "\n";
}

}  // namespace honua::diagnostics
