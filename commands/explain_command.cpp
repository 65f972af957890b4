// SPDX-License-Identifier: MIT
#include "commands/explain_command.h"

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "commands/explain_change.h"
#include "commands/messages.h"
#include "commands/registry.h"
#include "commands/rule_selection.h"
#include "diagnostics/levels.h"
#include "planning/plan_rules.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

using diagnostics::Rule;
using diagnostics::RuleInfo;

// Rules of `plan`: one by its name or code, which may be written with a small letter, or all whose codes
// begin so.
std::vector<const planning::ChangeRule*> find_changes(const std::string& wanted) {
  if (const planning::ChangeRule* found = planning::find_change_rule(wanted)) return {found};
  const std::string code = wanted.starts_with('p') ? "P" + wanted.substr(1) : wanted;
  const bool is_code = code.starts_with('P') && code.find_first_not_of("0123456789", 1) == std::string::npos;
  std::vector<const planning::ChangeRule*> found;
  if (!is_code) return found;
  for (const planning::ChangeRule* one : planning::change_rules()) {
    if (one->rule.code.starts_with(code)) found.push_back(one);
  }
  return found;
}

// Bad examples may hold what no terminal should get.
void print_example(std::string_view text, CommandEnv& env) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    env.out << (end == 0 ? "" : "    ") << text::printable(text.substr(0, end)) << '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// What of the ways to keep findings out of a report does not work with a rule; "" if all do.
std::string_view describe_protection(const Rule& rule) {
  if (is_fixed(rule)) return "cannot be turned off or ignored";
  if (is_protected(rule)) return "cannot be ignored by a comment or a baseline";
  return is_about_comments(rule) ? "cannot be ignored by a comment" : "";
}

void print_rule(const RuleInfo& info, CommandEnv& env) {
  const Rule& rule = *info.rule;
  env.out << rule.code << ' ' << rule.slug << " (" << to_string(rule.severity) << ", " << rule.category
          << ")\n\n"
          << rule.summary << "\n\n"
          << info.why << '\n';
  if (const std::string_view limits = describe_protection(rule); !limits.empty())
    env.out << '\n' << limits << '\n';
  if (!info.not_shown.empty()) {
    env.out << "\nwithout an example: " << info.not_shown << '\n';
    return;
  }
  env.out << "\nfound in";
  if (!info.option.empty()) env.out << ", with `" << info.option << '`';
  env.out << ":\n\n";
  print_example(info.bad, env);
  env.out << "\nmended:\n\n";
  print_example(info.good, env);
}

void write_rule(const RuleInfo& info, text::JsonWriter& json) {
  const Rule& rule = *info.rule;
  json.begin_object();
  json.key("code").string(rule.code);
  json.key("slug").string(rule.slug);
  json.key("severity").string(to_string(rule.severity));
  json.key("category").string(rule.category);
  json.key("summary").string(rule.summary);
  json.key("why").string(info.why);
  json.key("can_be_off").boolean(!is_fixed(rule));
  json.key("can_be_ignored").boolean(!is_protected(rule));
  if (!info.option.empty()) json.key("option").string(info.option);
  if (info.not_shown.empty()) {
    json.key("bad").string(info.bad);
    json.key("good").string(info.good);
  } else {
    json.key("not_shown").string(info.not_shown);
  }
  json.end_object();
}

// One document: the rules, and the numbers that no rule has with the reason.
void print_json(const std::vector<const RuleInfo*>& rules,
                const std::vector<const planning::ChangeRule*>& changes, bool with_left_out,
                CommandEnv& env) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("version").integer(1);
  json.key("count").integer(rules.size());
  json.key("rules");
  json.begin_array();
  for (const RuleInfo* info : rules) write_rule(*info, json);
  json.end_array();
  json.key("changes");
  json.begin_array();
  for (const planning::ChangeRule* one : changes) write_change_rule(*one, json);
  json.end_array();
  if (with_left_out) {
    json.key("left_out");
    json.begin_array();
    for (const LeftOut& one : left_out_rules()) {
      json.begin_object();
      json.key("code").string(one.code);
      json.key("reason").string(one.reason);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
  env.out << std::move(json).take() << '\n';
}

ExitCode print_unknown(const std::string& wanted, CommandEnv& env) {
  std::vector<std::string_view> names;
  for (const RuleInfo* info : all_rules()) {
    names.push_back(info->rule->slug);
    names.push_back(info->rule->code);
  }
  for (const planning::ChangeRule* one : planning::change_rules()) {
    names.push_back(one->rule.slug);
    names.push_back(one->rule.code);
  }
  const auto close = text::suggest(wanted, names);
  print_error(
      env, "there is no rule `" + text::printable(wanted) + "`",
      {close ? "did you mean `" + std::string(*close) + "`?" : "`honua explain --list` lists the rules"});
  return ExitCode::usage;
}

// What is to be explained.
struct Explained {
  std::vector<const RuleInfo*> rules;
  std::vector<const planning::ChangeRule*> changes;
  bool is_list = false;  // several were asked for by one name

  // False where there is nothing of this name.
  bool add(const std::string& wanted) {
    const std::vector<const Rule*> selected = selected_by(wanted);
    const auto found = find_changes(wanted);
    is_list = is_list || found.size() > 1 || (!selected.empty() && find_rule(wanted) == nullptr);
    for (const Rule* one : selected) rules.push_back(find_rule(one->code));
    changes.insert(changes.end(), found.begin(), found.end());
    return !selected.empty() || !found.empty();
  }
};

void print_lines(const Explained& explained, CommandEnv& env) {
  for (const RuleInfo* info : explained.rules) {
    const Rule& rule = *info->rule;
    env.out << rule.code << ' ' << to_string(rule.severity) << ' ' << rule.slug << " (" << rule.category
            << "): " << rule.summary << '\n';
  }
  for (const planning::ChangeRule* one : explained.changes) print_change_line(*one, env);
}

void print_texts(const Explained& explained, CommandEnv& env) {
  bool is_first = true;
  for (const RuleInfo* info : explained.rules) {
    if (!std::exchange(is_first, false)) env.out << '\n';
    print_rule(*info, env);
  }
  for (const planning::ChangeRule* one : explained.changes) {
    if (!std::exchange(is_first, false)) env.out << '\n';
    print_change_rule(*one, env);
  }
}

}  // namespace

void ExplainCommand::add_options(CLI::App& app) {
  app.add_option("RULE", rules_, "codes or names of rules; categories and beginnings of codes list theirs")
      ->option_text("[RULE...]");
  add_flag(app, "--list", "list every rule with its category", list_);
  add_format_option(app, format_);
}

ExitCode ExplainCommand::run(CommandEnv& env) {
  if (list_ == !rules_.empty()) {
    print_error(env, list_ ? "`--list` and a rule exclude each other" : "no rule was named",
                {"`honua explain --list` lists the rules"});
    return ExitCode::usage;
  }
  Explained explained{list_ ? all_rules() : std::vector<const RuleInfo*>(),
                      list_ ? planning::change_rules() : std::vector<const planning::ChangeRule*>(), list_};
  for (const std::string& wanted : rules_) {
    if (!explained.add(wanted)) return print_unknown(wanted, env);
  }
  if (format_ == Format::json) {
    print_json(explained.rules, explained.changes, list_, env);
  } else if (explained.is_list || format_ == Format::concise) {
    print_lines(explained, env);
  } else {
    print_texts(explained, env);
  }
  return ExitCode::done;
}

}  // namespace honua::commands
