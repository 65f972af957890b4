// SPDX-License-Identifier: MIT
#include "diagnostics/sarif_rules.h"

#include <algorithm>

#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::diagnostics {

namespace {

using text::JsonWriter;

// Only what rules report that tell the sure from the likely; GitHub sorts by it.
constexpr std::string_view precision = "high";

// CVSS-like numbers by which GitHub names a severity: `high` from 7.0 on, `medium` from 4.0 on, `low` below.
std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "8.0";
    case Severity::warning: return "5.0";
    case Severity::info: break;
  }
  return "2.0";
}

char to_upper_letter(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string sentence(std::string_view text) {
  std::string out = text::printable(text);
  if (!out.empty()) out[0] = to_upper_letter(out[0]);
  return out.ends_with('.') ? out : out + ".";
}

std::string cut(std::string text, std::size_t size) {
  constexpr std::string_view mark = "…";
  if (text.size() <= size) return text;
  return text.substr(0, text::character_start(text, size - mark.size())) + std::string(mark);
}

// Examples may hold what no terminal should get, but they have lines.
std::string printable_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += text::printable(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// A fence longer than any in the text.
std::string fenced(std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fence + "hcl\n" + printable_lines(text) + fence + "\n";
}

std::string help_text(const RuleInfo& info, bool is_markdown) {
  const auto example = [&](std::string_view text) {
    return is_markdown ? fenced(text) : printable_lines(text);
  };
  std::string out = info.why.empty() ? sentence(info.rule->summary) : std::string(info.why);
  out += "\n";
  if (info.bad.empty()) return out;
  const std::string option = info.option.empty() ? "" : ", with `" + std::string(info.option) + "`";
  out += "\nFound in" + option + ":\n\n" + example(info.bad);
  return out + "\nMended:\n\n" + example(info.good);
}

void write_properties(JsonWriter& json, const Rule& rule) {
  json.key("properties").begin_object();
  json.key("tags").begin_array();
  json.string(rule.category);
  json.end_array();
  json.key("precision").string(precision);
  // GitHub's words, which are not those of SARIF's levels.
  json.key("problem.severity")
      .string(rule.severity == Severity::info ? "recommendation" : to_string(rule.severity));
  if (rule.category == security_category)
    json.key("security-severity").string(security_severity(rule.severity));
  json.end_object();
}

void write_rule(JsonWriter& json, const RuleInfo& info) {
  const Rule& rule = *info.rule;
  json.begin_object();
  json.key("id").string(rule.code);
  json.key("name").string(pascal_case(rule.slug));
  write_sarif_text(json, "shortDescription", sentence(rule.summary));
  const std::string full = sentence(rule.summary) + (info.why.empty() ? "" : " " + std::string(info.why));
  write_sarif_text(json, "fullDescription", cut(text::printable(full), max_sarif_description));
  json.key("help").begin_object();
  json.key("text").string(help_text(info, false));
  json.key("markdown").string(help_text(info, true));
  json.end_object();
  json.key("defaultConfiguration").begin_object();
  json.key("level").string(sarif_level(rule.severity));
  json.end_object();
  write_properties(json, rule);
  json.end_object();
}

}  // namespace

SarifRules::SarifRules(const Report& report) {
  std::map<std::string_view, RuleInfo> occurring;
  for (const Finding& one : report.findings)
    occurring[one.diagnostic->rule->code].rule = one.diagnostic->rule;
  for (const RuleInfo* info : report.rules) {
    const auto found = occurring.find(info->rule->code);
    if (found != occurring.end()) found->second = *info;
  }
  for (const auto& [code, info] : occurring) {
    indexes_[code] = rules_.size();
    rules_.push_back(info);
  }
}

void SarifRules::write(JsonWriter& json) const {
  json.begin_array();
  for (const RuleInfo& one : rules_) write_rule(json, one);
  json.end_array();
}

void write_sarif_text(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name).begin_object();
  json.key("text").string(text);
  json.end_object();
}

std::string_view sarif_level(Severity severity) {
  return severity == Severity::info ? "note" : to_string(severity);
}

std::string pascal_case(std::string_view slug) {
  std::string out;
  bool at_start = true;
  for (const char c : slug) {
    if (c != '-') out += at_start ? to_upper_letter(c) : c;
    at_start = c == '-';
  }
  return out;
}

}  // namespace honua::diagnostics
