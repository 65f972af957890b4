// SPDX-License-Identifier: MIT
#include "commands/explain_command.h"

#include <algorithm>
#include <ostream>
#include <vector>

#include <CLI/CLI.hpp>

#include "commands/messages.h"
#include "commands/registry.h"
#include "text/json_writer.h"
#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::commands {

namespace {

using diagnostics::Rule;
using validation::RuleInfo;

const Rule* find_rule(std::string_view wanted) {
  std::string code(wanted);
  if (!code.empty() && code[0] == 'h') code[0] = 'H';
  for (const Rule* rule : all_rules()) {
    if (rule->code == code || rule->slug == wanted) return rule;
  }
  return nullptr;
}

void print_indented(std::string_view text, CommandEnv& env) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    env.out << (end == 0 ? "" : "    ") << text.substr(0, end) << '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void print_rule(const Rule& rule, CommandEnv& env) {
  env.out << rule.code << ' ' << rule.slug << " (" << to_string(rule.severity) << ", " << rule.category
          << ")\n\n"
          << rule.summary << '\n';
  const RuleInfo* info = info_of(rule);
  if (info == nullptr) return;
  if (info->target == config::Target::upstream) env.out << "reported with `--target upstream` only\n";
  env.out << '\n' << info->why << "\n\nfound in:\n\n";
  print_indented(info->bad, env);
  env.out << "\nmended:\n\n";
  print_indented(info->good, env);
}

void write_rule(const Rule& rule, text::JsonWriter& json) {
  json.begin_object();
  json.key("code").string(rule.code);
  json.key("slug").string(rule.slug);
  json.key("severity").string(to_string(rule.severity));
  json.key("category").string(rule.category);
  json.key("summary").string(rule.summary);
  if (const RuleInfo* info = info_of(rule)) {
    json.key("why").string(info->why);
    json.key("bad").string(info->bad);
    json.key("good").string(info->good);
  }
  json.end_object();
}

// One document: the rules, and the numbers that no rule has with the reason.
void print_json(const std::vector<const Rule*>& rules, bool with_left_out, CommandEnv& env) {
  text::JsonWriter json(2);
  json.begin_object();
  json.key("version").integer(1);
  json.key("count").integer(rules.size());
  json.key("rules");
  json.begin_array();
  for (const Rule* rule : rules) write_rule(*rule, json);
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
  for (const Rule* rule : all_rules()) {
    names.push_back(rule->slug);
    names.push_back(rule->code);
  }
  const auto close = text::suggest(wanted, names);
  print_error(
      env, "there is no rule `" + text::printable(wanted) + "`",
      {close ? "did you mean `" + std::string(*close) + "`?" : "`honua explain --list` lists the rules"});
  return ExitCode::usage;
}

}  // namespace

void ExplainCommand::add_options(CLI::App& app) {
  app.add_option("RULE", rules_, "codes or names of rules")->option_text("[RULE...]");
  add_flag(app, "--list", "list every rule", list_);
  add_format_option(app, format_);
}

ExitCode ExplainCommand::run(CommandEnv& env) {
  if (list_ == !rules_.empty()) {
    print_error(env, list_ ? "`--list` and a rule exclude each other" : "no rule was named",
                {"`honua explain --list` lists the rules"});
    return ExitCode::usage;
  }
  std::vector<const Rule*> rules;
  for (const std::string& wanted : rules_) {
    const Rule* rule = find_rule(wanted);
    if (rule == nullptr) return print_unknown(wanted, env);
    rules.push_back(rule);
  }
  if (list_) rules = all_rules();
  if (format_ == Format::json) {
    print_json(rules, list_, env);
  } else if (list_ || format_ == Format::concise) {
    for (const Rule* rule : rules) {
      env.out << rule->code << ' ' << to_string(rule->severity) << ' ' << rule->slug << ": " << rule->summary
              << '\n';
    }
  } else {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (i > 0) env.out << '\n';
      print_rule(*rules[i], env);
    }
  }
  return ExitCode::done;
}

}  // namespace honua::commands
