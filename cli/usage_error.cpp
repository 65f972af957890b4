// SPDX-License-Identifier: MIT
#include "cli/usage_error.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "text/sanitize.h"
#include "text/suggest.h"

namespace honua::cli {

namespace {

std::string in_backticks(std::string_view text) { return "`" + text::printable(text) + "`"; }

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

// CLI11's messages about an option start with its name, about a flag without
// its dashes.
std::string option_of(const CLI::ParseError& error) {
  const std::string message = error.what();
  std::string name = message.substr(0, message.find_first_of(": "));
  if (name.starts_with('-')) return name;
  return (name.size() == 1 ? "-" : "--") + name;
}

std::string describe_extra(const CLI::App& app) {
  const std::vector<std::string> extras = app.remaining(true);
  const auto found = std::find_if(extras.begin(), extras.end(), [](const auto& one) { return one != "--"; });
  if (found == extras.end()) return "unexpected argument";
  if (!found->starts_with('-')) return "unexpected argument " + in_backticks(*found);
  const std::vector<std::string> names = option_names(app);
  return unknown_word("option", found->substr(0, found->find('=')),
                      std::vector<std::string_view>(names.begin(), names.end()));
}

std::string describe_message(const CLI::ParseError& error, const CLI::App& app) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return describe_extra(app);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool for_flag = std::string_view(error.what()).find("flag override") != std::string_view::npos;
    return "option " + in_backticks(option_of(error)) + (for_flag ? " takes no value" : " needs a value");
  }
  // The rest is ours already (our options' own checks) or rare.
  std::string message = error.what();
  if (!message.empty()) message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return text::printable(message);
}

}  // namespace

std::string unknown_word(std::string_view what, std::string_view given,
                         std::span<const std::string_view> known) {
  std::string message = "unknown " + std::string(what) + " " + in_backticks(given);
  const auto similar = text::suggest(given, known);
  if (similar) message += "; did you mean `" + std::string(*similar) + "`?";
  return message;
}

std::optional<UsageError> find_empty_value(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    if (!argument.starts_with("--") || !argument.ends_with('=')) continue;
    return UsageError{"option " + in_backticks(argument.substr(0, argument.size() - 1)) + " needs a value",
                      ""};
  }
  return std::nullopt;
}

UsageError describe(const CLI::ParseError& error, const CLI::App& app) {
  return UsageError{describe_message(error, app), "`" + app.get_name() + " --help` lists the options"};
}

}  // namespace honua::cli
