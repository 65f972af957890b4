// SPDX-License-Identifier: MIT
#include "diagnostics/render_junit.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostics/render_concise.h"
#include "diagnostics/report_text.h"
#include "text/sanitize.h"
#include "text/words.h"
#include "text/xml_writer.h"

// There is no official form. What is written satisfies the schemas of Jenkins and of windyroad.com: in the
// latter all attributes and elements of a suite are mandatory, and nothing else may be there.
namespace honua::diagnostics {

namespace {

using text::XmlWriter;

struct JunitCase {
  std::string name;
  std::string_view outcome;  // "failure", "error" or "" for one that passed
  std::string type;
  std::string message;
  std::string details;
};

struct JunitSuite {
  std::string name;
  std::vector<JunitCase> cases;
  std::string output;
};

// "2026-07-01T00:00:00": UTC, since the form has no time zone.
std::string junit_time(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  return text::date_text(day) + "T" + text::two_digits(static_cast<unsigned>(clock.hours().count())) + ":" +
         text::two_digits(static_cast<unsigned>(clock.minutes().count())) + ":" +
         text::two_digits(static_cast<unsigned>(clock.seconds().count()));
}

// Names must not be blank, and readers drop blanks at their ends.
std::string junit_name(const std::string& name) {
  const bool is_trimmed = name.empty() || name.front() == ' ' || name.back() == ' ';
  return is_trimmed ? text::quoted(name) : name;
}

JunitCase case_of(const Finding& finding, const Report& report) {
  const Diagnostic& diagnostic = *finding.diagnostic;
  const source::SourceFile& file = report.sources->file(diagnostic.range.file);
  const source::SourcePosition at = file.position(diagnostic.range.begin);
  const std::string code(diagnostic.rule->code);
  JunitCase one;
  one.name = code + " line " + std::to_string(at.line) + ":" + std::to_string(at.column);
  if (!report.fails(diagnostic.severity)) return one;
  one.outcome = "failure";
  one.type = code;
  one.message = message_line(diagnostic, *report.sources);
  one.details = render_concise(diagnostic, *report.sources);
  for (const std::string& line : help_lines(diagnostic)) one.details += "help: " + line + "\n";
  return one;
}

JunitSuite suite_of(source::FileId id, const std::vector<const Finding*>& findings, const Report& report) {
  JunitSuite suite{plain_path(report.sources->file(id).name()), {}, ""};
  for (const Finding* one : findings) {
    suite.cases.push_back(case_of(*one, report));
    if (!report.fails(one->diagnostic->severity))
      suite.output += render_concise(*one->diagnostic, *report.sources);
  }
  if (findings.empty()) suite.cases.push_back({"no findings", "", "", "", ""});
  return suite;
}

JunitSuite suite_of(const Failure& failure) {
  const std::string message = describe_failure(failure);
  return {failure_path(failure), {{"cannot be checked", "error", "failure", message, message}}, ""};
}

std::size_t count_outcomes(const JunitSuite& suite, std::string_view outcome) {
  return static_cast<std::size_t>(std::count_if(
      suite.cases.begin(), suite.cases.end(), [&](const JunitCase& one) { return one.outcome == outcome; }));
}

void write_case(XmlWriter& xml, const JunitCase& one, const std::string& class_name) {
  xml.begin("testcase").attribute("name", one.name).attribute("classname", class_name).attribute("time", "0");
  if (!one.outcome.empty()) {
    xml.begin(one.outcome == "error" ? "error" : "failure");
    xml.attribute("message", one.message).attribute("type", one.type);
    xml.text(one.details);
    xml.end();
  }
  xml.end();
}

void write_suite(XmlWriter& xml, const JunitSuite& suite, std::size_t id, const Report& report) {
  const std::string name = junit_name(suite.name);
  xml.begin("testsuite").attribute("name", name).attribute("package", "honua").attribute("id", id);
  xml.attribute("timestamp", junit_time(report.time)).attribute("hostname", "localhost");
  xml.attribute("tests", suite.cases.size());
  xml.attribute("failures", count_outcomes(suite, "failure"));
  xml.attribute("errors", count_outcomes(suite, "error")).attribute("time", "0");
  xml.begin("properties");
  xml.begin("property").attribute("name", "honua.version").attribute("value", report.program_version);
  xml.end();
  xml.end();
  for (const JunitCase& one : suite.cases) write_case(xml, one, name);
  xml.begin("system-out");
  if (!suite.output.empty()) xml.text(suite.output);
  xml.end();
  xml.begin("system-err");
  xml.end();
  xml.end();
}

}  // namespace

std::string render_junit(const Report& report) {
  XmlWriter xml;
  xml.begin("testsuites");
  std::size_t suites = 0;
  for (const Failure& one : report.failures) write_suite(xml, suite_of(one), suites++, report);
  source::FileId file = 0;
  for (const auto& findings : findings_by_file(report))
    write_suite(xml, suite_of(file++, findings, report), suites++, report);
  xml.end();
  return std::move(xml).take();
}

}  // namespace honua::diagnostics
