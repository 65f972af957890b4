// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "config/upstream.h"
#include "syntax/parser.h"

namespace CLI {
class App;
}

// Options that several commands have, each a function that adds one to a
// command and ties it to the command's member.
namespace honua::commands {

// An option with a fixed set of values. The last one given counts.
template <class E>
struct Choice {
  std::string_view name;
  E value;
};

// `chosen` gets the position of the value given.
void add_choice_option(CLI::App& app, const std::string& name, const std::string& description,
                       const std::vector<std::string_view>& choices, std::function<void(std::size_t)> chosen);

// What a value that is none of the choices is refused with.
[[nodiscard]] std::string unknown_choice(const std::string& name, const std::string& given,
                                         const std::vector<std::string_view>& choices);

template <class E, std::size_t N>
void add_choice_option(CLI::App& app, const std::string& name, const std::string& description,
                       const std::array<Choice<E>, N>& choices, auto& target) {
  std::vector<std::string_view> names;
  names.reserve(N);
  for (const Choice<E>& choice : choices) names.push_back(choice.name);
  add_choice_option(app, name, description, names,
                    [&choices, &target](std::size_t position) { target = choices[position].value; });
}

// An option with any text as its value. The last one given counts.
void add_text_option(CLI::App& app, const std::string& name, const std::string& value_name,
                     const std::string& description, std::string& target);

void add_flag(CLI::App& app, const std::string& name, const std::string& description, bool& target);

// `[PATH...]`, `-` among them.
void add_paths(CLI::App& app, const std::string& description, std::vector<std::string>& target);

// CLI11 takes an argument `[a,b]` for a list of two. To be called on all
// arguments before they are parsed.
void protect_brackets(std::vector<std::string>& arguments);
// Undoes it in the values of all options, which must have been added before.
void restore_brackets(CLI::App& app);

// How a command reports. Those behind `json` are other programs' and of `validate` only: see
// report_formats.h.
enum class Format : std::uint8_t {
  human,
  concise,
  json,
  json_lines,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
  rdjson,
};
void add_format_option(CLI::App& app, Format& target);

enum class Color : std::uint8_t { automatic, always, never };
void add_color_option(CLI::App& app, Color& target);

// Whether to colour a stream, by https://no-color.org and bixense.com/clicolors:
// the option, then NO_COLOR, CLICOLOR_FORCE or FORCE_COLOR, CLICOLOR=0,
// TERM=dumb, and whether that very stream is a terminal. An empty variable
// counts as unset.
[[nodiscard]] bool use_color(Color choice, const Environment& environment, bool is_terminal);

void add_dialect_option(CLI::App& app, syntax::Dialect& target);

// Whom the configuration is for.
inline constexpr std::array target_choices = {Choice<config::Target>{"upstream", config::Target::upstream}};
void add_target_option(CLI::App& app, const std::string& description, std::optional<config::Target>& target);

// The severity from which findings make the exit code 1.
enum class FailOn : std::uint8_t { error, warning, info, never };
inline constexpr std::array fail_on_choices = {
    Choice<FailOn>{"error", FailOn::error}, Choice<FailOn>{"warning", FailOn::warning},
    Choice<FailOn>{"info", FailOn::info}, Choice<FailOn>{"never", FailOn::never}};
void add_fail_on_option(CLI::App& app, std::optional<FailOn>& target);

// An option that may be given several times.
void add_list_option(CLI::App& app, const std::string& name, const std::string& value_name,
                     const std::string& description, std::vector<std::string>& target);

}  // namespace honua::commands
