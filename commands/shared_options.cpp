// SPDX-License-Identifier: MIT
#include "commands/shared_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "text/suggest.h"
#include "text/words.h"

namespace honua::commands {

namespace {

// Put before an argument that CLI11 would split. No path starts like this.
constexpr char bracket_guard = '\x01';

bool is_set(const Environment& environment, const char* name) {
  return !environment.get(name).value_or("").empty();
}

bool forces_color(const Environment& environment, const char* name) {
  return is_set(environment, name) && environment.get(name) != "0";
}

}  // namespace

std::string unknown_choice(const std::string& name, const std::string& given,
                           const std::vector<std::string_view>& choices) {
  const std::string message = "`" + given + "` is no value of `" + name + "`";
  const auto similar = text::suggest(given, choices);
  if (similar) return message + "; did you mean `" + std::string(*similar) + "`?";
  return message + "; expected one of " + text::join(choices, ", ");
}

void add_choice_option(CLI::App& app, const std::string& name, const std::string& description,
                       const std::vector<std::string_view>& choices,
                       std::function<void(std::size_t)> chosen) {
  const auto choose = [name, choices, chosen = std::move(chosen)](const std::string& given) {
    const auto found = std::find(choices.begin(), choices.end(), given);
    if (found == choices.end()) throw CLI::ValidationError(unknown_choice(name, given, choices));
    chosen(static_cast<std::size_t>(found - choices.begin()));
  };
  app.add_option_function<std::string>(name, choose, description)
      ->take_last()
      ->type_name(text::join(choices, "|"));
}

void add_text_option(CLI::App& app, const std::string& name, const std::string& value_name,
                     const std::string& description, std::string& target) {
  const auto keep = [&target, option = name.substr(name.rfind(',') + 1)](const std::string& given) {
    if (given.empty()) throw CLI::ValidationError("option `" + option + "` needs a value");
    target = given;
  };
  app.add_option_function<std::string>(name, keep, description)->take_last()->type_name(value_name);
}

void add_flag(CLI::App& app, const std::string& name, const std::string& description, bool& target) {
  app.add_flag(name, target, description)->disable_flag_override();
}

void add_paths(CLI::App& app, const std::string& description, std::vector<std::string>& target) {
  app.add_option("PATH", target, description)->option_text("...");
}

void protect_brackets(std::vector<std::string>& arguments) {
  for (std::string& argument : arguments) {
    if (argument.starts_with('[') && argument.ends_with(']'))
      argument.insert(argument.begin(), bracket_guard);
  }
}

void restore_brackets(CLI::App& app) {
  const auto restore = [](std::string argument) {
    if (!argument.empty() && argument.front() == bracket_guard) argument.erase(0, 1);
    return argument;
  };
  for (CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() > 0) option->transform(restore);
  }
}

void add_format_option(CLI::App& app, Format& target) {
  static constexpr std::array choices = {Choice<Format>{"human", Format::human},
                                         Choice<Format>{"concise", Format::concise},
                                         Choice<Format>{"json", Format::json}};
  add_choice_option(app, "--format", "how to report (default: human)", choices, target);
}

void add_color_option(CLI::App& app, Color& target) {
  static constexpr std::array choices = {Choice<Color>{"auto", Color::automatic},
                                         Choice<Color>{"always", Color::always},
                                         Choice<Color>{"never", Color::never}};
  add_choice_option(app, "--color", "when to colour the report (default: auto)", choices, target);
}

bool use_color(Color choice, const Environment& environment, bool is_terminal) {
  if (choice != Color::automatic) return choice == Color::always;
  if (is_set(environment, "NO_COLOR")) return false;
  if (forces_color(environment, "CLICOLOR_FORCE") || forces_color(environment, "FORCE_COLOR")) return true;
  if (environment.get("CLICOLOR") == "0") return false;
  if (environment.get("TERM") == "dumb") return false;
  return is_terminal;
}

void add_dialect_option(CLI::App& app, syntax::Dialect& target) {
  static constexpr std::array choices = {Choice<syntax::Dialect>{"honua", syntax::Dialect::honua},
                                         Choice<syntax::Dialect>{"hcl", syntax::Dialect::hcl}};
  add_choice_option(app, "--dialect", "Honua's tolerant form or plain HCL (default: honua)", choices, target);
}

void add_target_option(CLI::App& app, const std::string& description, std::optional<config::Target>& target) {
  add_choice_option(app, "--target", description, target_choices, target);
}

void add_fail_on_option(CLI::App& app, std::optional<FailOn>& target) {
  add_choice_option(app, "--fail-on", "lowest severity that makes the exit code 1 (default: error)",
                    fail_on_choices, target);
}

void add_list_option(CLI::App& app, const std::string& name, const std::string& value_name,
                     const std::string& description, std::vector<std::string>& target) {
  const auto add = [&target, name](const std::vector<std::string>& given) {
    for (const std::string& one : given) {
      if (one.empty()) throw CLI::ValidationError("option `" + name + "` needs a value");
      target.push_back(one);
    }
  };
  app.add_option_function<std::vector<std::string>>(name, add, description)
      ->type_name(value_name)
      ->allow_extra_args(false);
}

}  // namespace honua::commands
