// SPDX-License-Identifier: MIT
#include "commands/registry.h"

#include <doctest/doctest.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "config/rules.h"
#include "diagnostics/file_rules.h"
#include "evaluation/rules.h"
#include "syntax/rules.h"

namespace honua::commands {

namespace {

bool is_code(std::string_view text) {
  return text.size() == 5 && text[0] == 'H' &&
         std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Words of lower-case letters and digits with one hyphen between them.
bool is_slug(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  if (text.find("--") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-';
  });
}

}  // namespace

TEST_CASE("no two rules share a code or a slug") {
  std::set<std::string_view> codes;
  std::set<std::string_view> slugs;
  for (const diagnostics::RuleInfo* info : all_rules()) {
    const diagnostics::Rule* rule = info->rule;
    CAPTURE(rule->code);
    CAPTURE(rule->slug);
    CHECK(codes.insert(rule->code).second);
    CHECK(slugs.insert(rule->slug).second);
  }
  CHECK(codes.size() > 30);
}

TEST_CASE("every rule of every module is in the registry") {
  std::set<std::string_view> codes;
  for (const diagnostics::RuleInfo* info : all_rules()) codes.insert(info->rule->code);
  for (const auto& listed : {diagnostics::rules::file_rules(), syntax::rules::all(), evaluation::rules::all(),
                             config::rules::all()}) {
    for (const diagnostics::Rule* rule : listed) {
      CAPTURE(rule->code);
      CHECK(codes.contains(rule->code));
    }
  }
}

TEST_CASE("codes and slugs are well formed") {
  for (const diagnostics::RuleInfo* info : all_rules()) {
    const diagnostics::Rule* rule = info->rule;
    CAPTURE(rule->code);
    CAPTURE(rule->slug);
    CHECK(is_code(rule->code));
    CHECK(is_slug(rule->slug));
  }
  CHECK_FALSE(is_code("H01"));
  CHECK_FALSE(is_slug("two--hyphens"));
  CHECK_FALSE(is_slug("Upper"));
}

TEST_CASE("categories come from a fixed list") {
  static constexpr std::array<std::string_view, 23> categories = {
      "file",     "syntax",      "expression",   "dialect",  "structure",   "server",
      "variable", "data-source", "service",      "layer",    "geometry",    "reference",
      "cache",    "rate-limit",  "availability", "storage",  "suppression", "operations",
      "security", "advice",      "upstream",     "database", "migration"};
  for (const diagnostics::RuleInfo* info : all_rules()) {
    const diagnostics::Rule* rule = info->rule;
    CAPTURE(rule->code);
    CAPTURE(rule->category);
    CHECK(std::find(categories.begin(), categories.end(), rule->category) != categories.end());
  }
}

TEST_CASE("summaries start in lower case, are one sentence and have no full stop") {
  for (const diagnostics::RuleInfo* info : all_rules()) {
    const diagnostics::Rule* rule = info->rule;
    CAPTURE(rule->code);
    CAPTURE(rule->summary);
    REQUIRE_FALSE(rule->summary.empty());
    const auto first = static_cast<unsigned char>(rule->summary.front());
    // "JSON files ...": an abbreviation keeps its capitals.
    const bool abbreviation = rule->summary.size() > 1 && std::isupper(first) != 0 &&
                              std::isupper(static_cast<unsigned char>(rule->summary[1])) != 0;
    CHECK((std::isupper(first) == 0 || abbreviation));
    CHECK(rule->summary.back() != '.');
    CHECK(rule->summary.find('\n') == std::string_view::npos);
    CHECK(rule->summary.size() <= 100);
    CHECK(std::count(rule->summary.begin(), rule->summary.end(), '`') % 2 == 0);
  }
}

}  // namespace honua::commands
