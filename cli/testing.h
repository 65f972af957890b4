// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/environment.h"
#include "base/memory_file_system.h"
#include "cli/app.h"
#include "commands/command_table.h"

// Runs the whole program in-process. For tests only.
namespace honua::cli {

struct RunResult {
  commands::ExitCode code = commands::ExitCode::done;
  std::string out;
  std::string err;
};

// When all runs of tests take place.
inline constexpr std::chrono::sys_seconds test_time = std::chrono::sys_days{std::chrono::year{2026} / 7 / 1};

// The world of one run; defaults to an empty one.
struct TestWorld {
  MemoryFileSystem files;
  std::map<std::string, std::string> environment;
  std::string input;
  bool out_is_terminal = false;
};

// A text with every `word` of it replaced.
[[nodiscard]] inline std::string replaced(std::string_view text, std::string_view word,
                                          const std::string& value) {
  std::string made(text);
  for (std::size_t at = made.find(word); at != std::string::npos; at = made.find(word, at + value.size()))
    made.replace(at, word.size(), value);
  return made;
}

[[nodiscard]] inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

inline RunResult run_with(FileSystem& files, const std::map<std::string, std::string>& variables,
                          std::vector<std::string> arguments, const std::string& input = "",
                          bool out_is_terminal = false,
                          std::span<const commands::CommandEntry> table = commands::all_commands()) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in(input);
  const MapEnvironment environment(variables);
  const FixedClock clock(test_time);
  commands::CommandEnv env{out, err, in, files, environment, clock, out_is_terminal, false};
  const commands::ExitCode code = run(std::move(arguments), env, table);
  return RunResult{code, out.str(), err.str()};
}

inline RunResult run_in(TestWorld& world, std::vector<std::string> arguments) {
  return run_with(world.files, world.environment, std::move(arguments), world.input, world.out_is_terminal);
}

// In an empty world.
inline RunResult run_words(std::vector<std::string> arguments) {
  TestWorld world;
  return run_in(world, std::move(arguments));
}

}  // namespace honua::cli
