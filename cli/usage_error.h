// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace honua::cli {

// What is wrong with a command line, and what to do about it.
struct UsageError {
  std::string message;
  std::string help;
};

// "unknown WHAT `given`", with a suggestion when one of `known` is similar.
[[nodiscard]] std::string unknown_word(std::string_view what, std::string_view given,
                                       std::span<const std::string_view> known);

// An option that was given as `--name=`. CLI11 would take the next argument
// for its value, so this is looked for before it parses.
[[nodiscard]] std::optional<UsageError> find_empty_value(const std::vector<std::string>& arguments);

// CLI11's complaint in our words. `app` is the one that parsed.
[[nodiscard]] UsageError describe(const CLI::ParseError& error, const CLI::App& app);

}  // namespace honua::cli
