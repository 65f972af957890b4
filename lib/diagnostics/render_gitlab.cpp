// SPDX-License-Identifier: MIT
#include "diagnostics/render_gitlab.h"

#include <map>
#include <string_view>
#include <utility>

#include "diagnostics/report_text.h"
#include "text/digest.h"
#include "text/json_writer.h"

namespace honua::diagnostics {

namespace {

struct GitlabEntry {
  std::string description;
  std::string check_name;
  std::string fingerprint;
  std::string_view severity;
  std::string path;
  std::uint32_t line = 1;
};

std::string_view gitlab_severity(const Diagnostic& diagnostic) {
  switch (diagnostic.severity) {
    case Severity::error: return diagnostic.rule->category == security_category ? "critical" : "major";
    case Severity::warning: return "minor";
    case Severity::info: break;
  }
  return "info";
}

GitlabEntry entry_of(const Finding& finding, const source::SourceSet& sources) {
  const Diagnostic& diagnostic = *finding.diagnostic;
  const source::SourceFile& file = sources.file(diagnostic.range.file);
  const std::string code(diagnostic.rule->code);
  // What GitLab shows of a finding is its description only.
  return {code + ": " + message_with_help(diagnostic, sources, "; "),
          code,
          finding.fingerprint,
          gitlab_severity(diagnostic),
          plain_path(file.name()),
          file.line_of(diagnostic.range.begin)};
}

// `ordinal` tells failures apart that read the same: GitLab drops what has the fingerprint of something else.
GitlabEntry entry_of(const Failure& failure, std::size_t ordinal) {
  const std::string identity =
      "failure\n" + failure.path + "\n" + failure.message + "\n" + std::to_string(ordinal);
  return {describe_failure(failure), "failure", text::sha256(identity), "blocker", failure_path(failure)};
}

void write_entry(text::JsonWriter& json, const GitlabEntry& entry) {
  json.begin_object();
  json.key("description").string(entry.description);
  json.key("check_name").string(entry.check_name);
  json.key("fingerprint").string(entry.fingerprint);
  json.key("severity").string(entry.severity);
  json.key("location").begin_object();
  json.key("path").string(entry.path);
  json.key("lines").begin_object();
  json.key("begin").integer(entry.line);
  json.end_object();
  json.end_object();
  json.end_object();
}

}  // namespace

std::string render_gitlab(const Report& report) {
  constexpr std::size_t indent = 2;
  text::JsonWriter json(indent);
  json.begin_array();
  std::map<std::pair<std::string, std::string>, std::size_t> failures;
  for (const Failure& one : report.failures)
    write_entry(json, entry_of(one, failures[{one.path, one.message}]++));
  for (const Finding& one : report.findings) write_entry(json, entry_of(one, *report.sources));
  json.end_array();
  return std::move(json).take() + "\n";
}

}  // namespace honua::diagnostics
