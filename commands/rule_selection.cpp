// SPDX-License-Identifier: MIT
#include "commands/rule_selection.h"

#include <algorithm>
#include <string>
#include <utility>

#include "commands/registry.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

using diagnostics::Levels;
using diagnostics::Rule;
using diagnostics::RuleInfo;
using diagnostics::Severity;

constexpr std::string_view everything = "all";
constexpr std::size_t code_size = 5;  // of `H2006`

// How much a selector says: more than 0 if it stands for the rule.
constexpr unsigned says_all = 1;
constexpr unsigned says_category = 2;
constexpr unsigned says_beginning = 3;  // and one more for each character
constexpr unsigned says_rule = 100;

unsigned strength(std::string_view selector, const Rule& rule) {
  if (selector == rule.code || selector == rule.slug) return says_rule;
  if (selector == rule.category) return says_category;
  if (selector == everything) return says_all;
  const bool is_beginning = selector.starts_with('H') && selector.size() < code_size;
  if (is_beginning && rule.code.starts_with(selector))
    return says_beginning + static_cast<unsigned>(selector.size());
  return 0;
}

unsigned strength(const std::vector<std::string>& selectors, const Rule& rule) {
  unsigned most = 0;
  for (const std::string& one : selectors) most = std::max(most, strength(one, rule));
  return most;
}

// False where a name is that of no level. `off` is nothing.
bool read_level(std::string_view name, std::optional<Severity>& level) {
  level.reset();
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    if (name == to_string(severity)) level = severity;
  }
  return level || name == "off";
}

// What may be written where a rule is meant, and where several are.
std::vector<std::string_view> known_names(bool with_categories) {
  std::vector<std::string_view> names;
  for (const RuleInfo* info : all_rules()) {
    names.push_back(info->rule->slug);
    names.push_back(info->rule->code);
    if (with_categories) names.push_back(info->rule->category);
  }
  if (with_categories) names.push_back(everything);
  return names;
}

RuleRequestError unknown(std::string message, std::string_view given, bool with_categories) {
  const auto names = known_names(with_categories);
  const auto similar = text::suggest(given, names);
  return {std::move(message), similar ? "did you mean `" + std::string(*similar) + "`?"
                                      : "`honua explain --list` lists the rules"};
}

std::optional<RuleRequestError> set_level(const RuleRequest::Level& wanted, Levels& levels) {
  const RuleInfo* info = find_rule(wanted.rule);
  if (info == nullptr) return unknown("there is no rule " + text::quoted(wanted.rule), wanted.rule, false);
  const Rule& rule = *info->rule;
  std::optional<Severity> level;
  if (!read_level(wanted.level, level)) {
    return RuleRequestError{text::quoted(wanted.level) + " is no level for " + text::quoted(wanted.rule),
                            "levels are `off`, `info`, `warning` and `error`"};
  }
  if (is_fixed(rule)) {
    return RuleRequestError{"the level of " + text::quoted(wanted.rule) + " cannot be changed",
                            "what HCL's grammar refuses cannot be read"};
  }
  levels.set(rule, level);
  return std::nullopt;
}

}  // namespace

std::vector<const Rule*> selected_by(std::string_view selector) {
  std::vector<const Rule*> rules;
  for (const RuleInfo* info : all_rules()) {
    if (strength(selector, *info->rule) > 0) rules.push_back(info->rule);
  }
  return rules;
}

RuleRequestError no_selector(std::string_view text) {
  return unknown("no rule or category is called " + text::quoted(text), text, true);
}

std::optional<RuleRequest::Level> split_level(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos) return std::nullopt;
  return RuleRequest::Level{std::string(text.substr(0, sign)), std::string(text.substr(sign + 1))};
}

tl::expected<Levels, RuleRequestError> levels_of(const RuleRequest& request) {
  for (const std::vector<std::string>* selectors : {&request.select, &request.ignore}) {
    for (const std::string& one : *selectors) {
      if (selected_by(one).empty()) return tl::unexpected(no_selector(one));
    }
  }
  Levels levels;
  const bool selects = !request.select.empty() || !request.ignore.empty();
  // Most runs select nothing, and should not gather all rules for it.
  for (const RuleInfo* info : selects ? all_rules() : std::vector<const RuleInfo*>()) {
    const Rule& rule = *info->rule;
    const unsigned selected = request.select.empty() ? 1 : strength(request.select, rule);
    const unsigned ignored = strength(request.ignore, rule);
    if (!is_fixed(rule) && (selected == 0 || (ignored > 0 && ignored >= selected)))
      levels.set(rule, std::nullopt);
  }
  for (const RuleRequest::Level& one : request.levels) {
    if (auto error = set_level(one, levels)) return tl::unexpected(*std::move(error));
  }
  return levels;
}

}  // namespace honua::commands
