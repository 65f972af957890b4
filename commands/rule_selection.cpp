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
constexpr std::string_view no_level = "off";
constexpr std::size_t code_size = 5;  // of `H2006`

// How much a selector says: more than 0 if it stands for the rule.
constexpr unsigned says_all = 1;
constexpr unsigned says_category = 2;
constexpr unsigned says_beginning = 3;  // and one more for each character
constexpr unsigned says_rule = 100;

unsigned strength(std::string_view selector, const Rule& rule) {
  if (is_name_of(selector, rule)) return says_rule;
  if (selector == rule.category) return says_category;
  if (selector == everything) return says_all;
  const bool is_beginning = !selector.empty() && selector.size() < code_size;
  if (is_beginning && starts_with_code(rule.code, selector))
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
  return level || name == no_level;
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

// What a request says about a rule.
struct Verdict {
  unsigned strength = 0;  // 0: nothing
  bool is_on = true;
  const RuleRequest::Level* level = nullptr;  // where it names one
};

Verdict verdict_on(const Rule& rule, const RuleRequest& request) {
  Verdict verdict;
  for (const RuleRequest::Level& one : request.levels) {
    if (is_name_of(one.rule, rule)) verdict = {says_rule, one.level != no_level, &one};
  }
  if (verdict.level != nullptr) return verdict;
  const unsigned selected = strength(request.select, rule);
  const unsigned ignored = strength(request.ignore, rule);
  return {std::max(selected, ignored), selected > ignored, nullptr};
}

void apply_level(const RuleRequest::Level& wanted, const Rule& rule, Levels& levels) {
  std::optional<Severity> level;
  (void)read_level(wanted.level, level);
  levels.set(rule, level);
}

void decide(const Rule& rule, const RuleRequest& project, const RuleRequest& options, Levels& levels) {
  const Verdict wanted = verdict_on(rule, options);
  const Verdict usual = verdict_on(rule, project);
  const bool selects = !options.select.empty();
  const bool is_selected = strength(options.select, rule) > 0 || wanted.level != nullptr;
  if (selects && !is_selected) return levels.set(rule, std::nullopt);
  const bool is_options = wanted.strength > 0 && wanted.strength >= usual.strength;
  const Verdict& counts = is_options ? wanted : usual;
  if (counts.level != nullptr) return apply_level(*counts.level, rule, levels);
  const bool is_passed_over = !selects && counts.strength == 0 && !project.select.empty();
  if (is_passed_over || (counts.strength > 0 && !counts.is_on)) return levels.set(rule, std::nullopt);
  // Selected by the command line: as the project has it, if that is not off.
  if (usual.level != nullptr && usual.is_on) apply_level(*usual.level, rule, levels);
}

}  // namespace

std::vector<const Rule*> selected_by(std::string_view selector) {
  std::vector<const Rule*> rules;
  for (const RuleInfo* info : all_rules()) {
    if (strength(selector, *info->rule) > 0) rules.push_back(info->rule);
  }
  return rules;
}

std::optional<RuleRequestError> check_selector(std::string_view selector) {
  if (!selected_by(selector).empty()) return std::nullopt;
  return unknown("no rule or category is called " + text::quoted(selector), selector, true);
}

std::optional<RuleRequestError> check_level(const RuleRequest::Level& level) {
  const RuleInfo* info = find_rule(level.rule);
  if (info == nullptr) {
    RuleRequestError error = unknown("there is no rule " + text::quoted(level.rule), level.rule, false);
    if (!selected_by(level.rule).empty()) {
      error.help = "a level is for one rule: `honua explain " + level.rule + "` lists them, and `--ignore " +
                   level.rule + "` turns all of them off";
    }
    return error;
  }
  std::optional<Severity> read;
  if (!read_level(level.level, read)) {
    return RuleRequestError{text::quoted(level.level) + " is no level for " + text::quoted(level.rule),
                            "levels are `off`, `info`, `warning` and `error`"};
  }
  if (is_fixed(*info->rule)) {
    return RuleRequestError{"the level of " + text::quoted(level.rule) + " cannot be changed",
                            "what HCL's grammar refuses cannot be read"};
  }
  return std::nullopt;
}

std::optional<RuleRequest::Level> split_level(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos) return std::nullopt;
  return RuleRequest::Level{std::string(text.substr(0, sign)), std::string(text.substr(sign + 1))};
}

tl::expected<Levels, RuleRequestError> levels_of(const RuleRequest& project, const RuleRequest& options) {
  bool is_empty = true;
  for (const RuleRequest* request : {&project, &options}) {
    for (const std::vector<std::string>* selectors : {&request->select, &request->ignore}) {
      for (const std::string& one : *selectors) {
        if (auto error = check_selector(one)) return tl::unexpected(*std::move(error));
        is_empty = false;
      }
    }
    for (const RuleRequest::Level& one : request->levels) {
      if (auto error = check_level(one)) return tl::unexpected(*std::move(error));
      is_empty = false;
    }
  }
  Levels levels;
  if (is_empty) return levels;
  for (const RuleInfo* info : all_rules()) {
    if (!is_fixed(*info->rule)) decide(*info->rule, project, options, levels);
  }
  return levels;
}

tl::expected<Levels, RuleRequestError> levels_of(const RuleRequest& request) {
  return levels_of({}, request);
}

}  // namespace honua::commands
