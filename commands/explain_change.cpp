// SPDX-License-Identifier: MIT
#include "commands/explain_change.h"

#include <algorithm>
#include <ostream>

namespace honua::commands {

namespace {

void print_side(std::string_view title, std::string_view text, CommandEnv& env) {
  env.out << '\n' << title << ":\n\n";
  if (text.empty()) env.out << "    (nothing)\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    env.out << "    " << text.substr(0, end) << '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

void print_change_line(const planning::ChangeRule& rule, CommandEnv& env) {
  env.out << rule.rule.code << ' ' << to_string(rule.level) << ' ' << rule.rule.slug << ": "
          << rule.rule.summary << '\n';
}

void print_change_rule(const planning::ChangeRule& rule, CommandEnv& env) {
  env.out << rule.rule.code << ' ' << rule.rule.slug << " (a change: " << to_string(rule.level) << ", "
          << to_string(rule.area);
  if (rule.security != planning::Security::none) env.out << ", security " << to_string(rule.security);
  if (rule.effect != planning::Effect::none) env.out << ", needs " << to_string(rule.effect);
  env.out << ")\n\n" << rule.rule.summary << "\n\n" << rule.why << '\n';
  if (!rule.advice.empty()) env.out << "\nhelp: " << rule.advice << '\n';
  if (rule.before.empty() && rule.after.empty()) {
    env.out << "\nwithout an example: only a later version of honua writes such a setting into a snapshot\n";
    return;
  }
  print_side("found by `honua plan` where this", rule.before, env);
  print_side("becomes this", rule.after, env);
  if (!rule.moved.empty()) env.out << "\nwith `--moved " << rule.moved << "`\n";
}

void write_change_rule(const planning::ChangeRule& rule, text::JsonWriter& json) {
  json.begin_object();
  json.key("code").string(rule.rule.code);
  json.key("slug").string(rule.rule.slug);
  json.key("level").string(to_string(rule.level));
  json.key("security").string(to_string(rule.security));
  json.key("effect").string(to_string(rule.effect));
  json.key("area").string(to_string(rule.area));
  json.key("family").string(rule.family);
  json.key("summary").string(rule.rule.summary);
  json.key("why").string(rule.why);
  json.key("advice").string(rule.advice);
  json.key("before").string(rule.before);
  json.key("after").string(rule.after);
  if (!rule.moved.empty()) json.key("moved").string(rule.moved);
  json.end_object();
}

}  // namespace honua::commands
