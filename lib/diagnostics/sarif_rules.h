// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostics/report.h"
#include "text/json_writer.h"

namespace honua::diagnostics {

// GitHub refuses longer descriptions of rules; in bytes, though it counts characters.
inline constexpr std::size_t max_sarif_description = 1000;

// The rules of a report's findings, by code, and their numbers: results refer to them.
class SarifRules {
 public:
  explicit SarifRules(const Report& report);

  [[nodiscard]] std::size_t index_of(const Rule& rule) const { return indexes_.at(rule.code); }
  // The array of SARIF's reportingDescriptor objects.
  void write(text::JsonWriter& json) const;

 private:
  std::vector<RuleInfo> rules_;
  std::map<std::string_view, std::size_t> indexes_;  // by code
};

// A text as SARIF's message, multiformatMessageString and artifactContent objects hold it. What is in it is
// as it is: SARIF has `{0}` stand for an argument and would have braces doubled, but what reads it (GitHub
// and editors among them) shows doubled ones as they are where a message has no arguments.
void write_sarif_text(text::JsonWriter& json, std::string_view name, std::string_view text);

// "error", "warning" or "note".
[[nodiscard]] std::string_view sarif_level(Severity severity);

// "DuplicateAttribute" of `duplicate-attribute`.
[[nodiscard]] std::string pascal_case(std::string_view slug);

}  // namespace honua::diagnostics
