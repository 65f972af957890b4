// SPDX-License-Identifier: MIT
// What README.md shows and promises is what the program does.
#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
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

std::string read_source(const std::string& name) {
  return RealFileSystem().read_file(HONUA_SOURCE_DIR "/" + name, 1 << 20).value().to_string();
}

std::string read_readme() { return read_source("README.md"); }

// What stands between the code fences of a marked part.
std::string shown_in(const std::string& readme, const std::string& part, const std::string& language = "") {
  const std::string begin = "<!-- " + part + ":begin -->\n```" + language + "\n";
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

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// All words in a text that start so; words are made of letters, digits and dashes.
std::set<std::string> words_with(const std::string& text, std::string_view start) {
  std::set<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_word_character);
    const std::string word(text.begin() + static_cast<std::ptrdiff_t>(at), end);
    if (word.starts_with(start) && word.size() > start.size()) found.insert(word);
    at += std::max<std::size_t>(word.size(), 1);
  }
  return found;
}

bool is_rule(const std::string& word) {
  return word.size() == 5 &&
         std::all_of(word.begin() + 1, word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t count_findings(const std::string& report) {
  std::size_t count = 0;
  for (const std::string start : {"error[", "warning[", "info["}) {
    for (std::size_t at = report.find(start); at != std::string::npos; at = report.find(start, at + 1)) {
      if (at == 0 || report[at - 1] == '\n') ++count;
    }
  }
  return count;
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

TEST_CASE("the demo expects as many errors as its broken example has") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR);
  const cli::RunResult result =
      run_here({"validate", "--format", "concise", "testdata/examples/city-broken.hcl"});
  std::size_t errors = 0;
  for (std::size_t at = result.out.find(": error["); at != std::string::npos;
       at = result.out.find(": error[", at + 1))
    ++errors;
  const std::string expected = "grep -c 'error')\" = " + std::to_string(errors) + " ]";
  CHECK(cli::contains(read_source("scripts/demo"), expected));
}

TEST_CASE("the README's findings are those of the program, and so is their number") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR);
  const std::string readme = read_readme();
  const cli::RunResult result = run_here({"validate", "testdata/examples/city-broken.hcl"});
  std::string shown = shown_in(readme, "demo") + "\n";
  for (std::size_t end = shown.find("\n\n"); end != std::string::npos; end = shown.find("\n\n")) {
    CHECK(cli::contains(result.out, shown.substr(0, end + 1)));
    shown.erase(0, end + 2);
  }
  const std::size_t count = count_findings(result.out);
  CHECK(cli::contains(readme, "Three of " + std::to_string(count) + " findings"));
}

TEST_CASE("the values that the README shows are those of the program") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR);
  const cli::RunResult result = run_here({"show", "--environment", "production", "--only", "honua.cors",
                                          "--only", "data_source", "testdata/show/overlay"});
  CHECK(result.out == shown_in(read_readme(), "show"));
}

TEST_CASE("the comments that the README shows ignore all that is found there") {
  cli::TestWorld world;
  world.files.add("a.hcl",
                  "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"
                  "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data Source=a.db\"\n}\n"
                  "service \"ogc_api\" {\n  enabled = true\n}\nlayer \"a\" {\n  title = \"A\"\n  data_source "
                  "= data_source.db\n"
                  "  table = \"t\"\n  id_field = \"id\"\n  services = [service.ogc_api]\n}\n" +
                      shown_in(read_readme(), "ignore", "hcl"));
  const cli::RunResult result = cli::run_in(world, {"validate", "--format", "concise", "a.hcl"});
  CHECK_FALSE(cli::contains(result.out, "H016"));
  CHECK_FALSE(cli::contains(result.out, "H1104"));
  CHECK(cli::contains(result.err, "ignored by comments"));
}

TEST_CASE("the project file that the README shows can be read") {
  const std::string readme = read_readme();
  const std::size_t begin = readme.find("tool \"validate\" {\n");
  REQUIRE(begin != std::string::npos);
  cli::TestWorld world;
  world.files.add(".honua.hcl", readme.substr(begin, readme.find("\n```", begin) + 1 - begin));
  world.files.add("conf/a.hcl", "honua {\n  version = \"1.0\"\n}\n");
  world.files.add("old.json", R"({"format_version": "1.0", "findings": []})");
  CHECK(cli::run_in(world, {"validate"}).code != ExitCode::usage);
}

TEST_CASE("every rule that the README names exists") {
  for (const std::string& code : words_with(read_readme(), "H")) {
    if (!is_rule(code)) continue;
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
  const std::set<std::string> options = words_with(help, "--");
  for (const std::string& option : words_with(own_lines(readme), "--")) {
    if (option.starts_with("---")) continue;  // a table's rule
    CAPTURE(option);
    CHECK(options.contains(option));
  }
}

}  // namespace honua::commands
