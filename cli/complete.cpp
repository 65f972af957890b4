// SPDX-License-Identifier: MIT
#include "cli/complete.h"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string_view>
#include <utility>

#include "cli/shell_line.h"
#include "commands/completion.h"
#include "text/sanitize.h"
#include "text/words.h"

namespace honua::cli {

namespace {

using commands::Completion;
using commands::ExitCode;
using commands::FollowUp;

std::string_view name_of(FollowUp follow_up) {
  switch (follow_up) {
    case FollowUp::files: return ":files";
    case FollowUp::programs: return ":programs";
    case FollowUp::none: break;
  }
  return ":none";
}

void print(const Completion& made, std::size_t left_out, bool is_quoted, commands::CommandEnv& env) {
  for (const commands::CompletionCandidate& one : made.candidates) {
    env.out << one.text.substr(std::min(left_out, one.text.size()));
    if (!one.description.empty()) env.out << '\t' << text::printable(one.description);
    env.out << '\n';
  }
  env.out << name_of(made.follow_up) << (is_quoted ? " quoted" : "") << '\n';
}

ExitCode complete_words(const std::vector<std::string>& arguments, commands::CommandEnv& env,
                        std::span<const commands::CommandEntry> table) {
  const auto index = text::read_whole_number<std::size_t>(arguments[1]);
  if (!index || *index == 0 || arguments.size() < 3) return ExitCode::usage;
  print(commands::complete({arguments.begin() + 3, arguments.end()}, *index - 1, table, env), 0, false, env);
  return ExitCode::done;
}

ExitCode complete_line(const std::vector<std::string>& arguments, commands::CommandEnv& env,
                       std::span<const commands::CommandEntry> table) {
  constexpr std::size_t count = 5;
  if (arguments.size() != count) return ExitCode::usage;
  const auto point = text::read_whole_number<std::size_t>(arguments[3]);
  if (!point) return ExitCode::usage;
  ShellLine line = read_shell_line(arguments[4], *point, arguments[2]);
  // What stands in front of the program: variables, `sudo`, `do`.
  const auto program = std::ranges::find(line.words, arguments[1]);
  if (program == line.words.end() || program + 1 == line.words.end()) return ExitCode::usage;
  line.words.erase(line.words.begin(), program + 1);
  const std::size_t index = line.words.size() - 1;
  print(commands::complete(line.words, index, table, env), line.kept.size(), line.is_quoted, env);
  return ExitCode::done;
}

}  // namespace

ExitCode complete(const std::vector<std::string>& arguments, commands::CommandEnv& env,
                  std::span<const commands::CommandEntry> table) {
  if (arguments.size() < 2) return ExitCode::usage;
  if (arguments.front() == "words") return complete_words(arguments, env, table);
  if (arguments.front() == "bash") return complete_line(arguments, env, table);
  return ExitCode::usage;
}

}  // namespace honua::cli
