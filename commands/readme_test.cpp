// SPDX-License-Identifier: MIT
// What README.md shows and promises is what the program does.
#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/testing.h"
#include "commands/command_table.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

std::string read_readme() {
  return RealFileSystem().read_file(HONUA_SOURCE_DIR "/README.md", 1 << 20).value().to_string();
}

// What stands between the code fences of a marked part.
std::string shown_in(const std::string& readme, const std::string& part) {
  const std::string begin = "<!-- " + part + ":begin -->\n```\n";
  const std::size_t at = readme.find(begin);
  const std::size_t end = readme.find("```\n<!-- " + part + ":end -->");
  REQUIRE(at != std::string::npos);
  REQUIRE(end != std::string::npos);
  return readme.substr(at + begin.size(), end - at - begin.size());
}

cli::RunResult run_here(std::vector<std::string> words) {
  RealFileSystem files;
  return cli::run_with(files, {}, std::move(words));
}

std::set<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::set<std::string> found;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), expression); at != std::sregex_iterator();
       ++at)
    found.insert(at->str(1));
  return found;
}

// The lines that are about honua, not about the programs that build it.
std::string own_lines(const std::string& readme) {
  std::string lines;
  for (std::size_t at = 0; at < readme.size();) {
    const std::size_t end = std::min(readme.find('\n', at), readme.size() - 1) + 1;
    const std::string line = readme.substr(at, end - at);
    const bool foreign =
        line.find("cmake") != std::string::npos || line.find("scripts/") != std::string::npos ||
        line.find("--random") != std::string::npos || line.find("--speed") != std::string::npos;
    if (!foreign) lines += line;
    at = end;
  }
  return lines;
}

}  // namespace

TEST_CASE("the README's findings are those of the program, and so is their number") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR);
  const std::string readme = read_readme();
  const cli::RunResult result = run_here({"validate", "testdata/examples/city-broken.hcl"});
  std::string shown = shown_in(readme, "demo") + "\n";
  for (std::size_t end = shown.find("\n\n"); end != std::string::npos; end = shown.find("\n\n")) {
    CHECK(cli::contains(result.out, shown.substr(0, end + 1)));
    shown.erase(0, end + 2);
  }
  const std::size_t count =
      all_matches(result.out, "((?:error|warning|info)\\[H[0-9]{4}\\]: [^\\n]*\\n[^\\n]*)").size();
  CHECK(cli::contains(readme, "Three of " + std::to_string(count) + " findings"));
}

TEST_CASE("the values that the README shows are those of the program") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR);
  const cli::RunResult result = run_here({"show", "--environment", "production", "--only", "honua.cors",
                                          "--only", "data_source", "testdata/show/overlay"});
  CHECK(result.out == shown_in(read_readme(), "show"));
}

TEST_CASE("every rule that the README names exists") {
  for (const std::string& code : all_matches(read_readme(), "\\b(H[0-9]{4})\\b")) {
    CAPTURE(code);
    CHECK(run_here({"explain", code}).code == ExitCode::done);
  }
}

TEST_CASE("every option that the README names exists, and every command is in it") {
  const std::string readme = read_readme();
  std::string help = run_here({"--help"}).out;
  for (const CommandEntry& command : all_commands()) {
    help += run_here({std::string(command.name), "--help"}).out;
    CHECK(cli::contains(readme, "`honua " + std::string(command.name) + "`"));
  }
  const std::set<std::string> options = all_matches(help, "(--[a-z][a-z-]*)");
  for (const std::string& option : all_matches(own_lines(readme), "(--[a-z][a-z-]*)")) {
    CAPTURE(option);
    CHECK(options.contains(option));
  }
}

}  // namespace honua::commands
