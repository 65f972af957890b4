// SPDX-License-Identifier: MIT
// The cases of testdata/validate. Each is a file to check, `fail-`, `warn-` or
// `ok-` by what becomes of it, and beside it, with the last extension (and
// `.hcl` of `.hcl.json`) replaced:
//   NAME.stdout  the report; no such file means no report
//   NAME.stderr  what the run says of itself; not compared unless it is there
//   NAME.args    more arguments, one a line
//   NAME.exit    the exit code where it is not 1 for fail- and 0 for others
// HONUA_ACCEPT=1 writes what is found into .stdout, .stderr and .exit.
#include <doctest/doctest.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

const std::string directory = HONUA_SOURCE_DIR "/testdata/validate";

struct Case {
  std::string file;
  std::string stem;
  std::vector<std::string> more_arguments;
  int exit = 0;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// "a" of "a.hcl", "a.honua", "a.json" and "a.hcl.json"; "" for other files.
std::string stem_of(const std::string& file) {
  for (const std::string extension : {".hcl.json", ".json", ".hcl", ".honua"}) {
    if (file.ends_with(extension)) return file.substr(0, file.size() - extension.size());
  }
  return "";
}

int default_exit(const std::string& stem) { return stem.starts_with("fail-") ? 1 : 0; }

std::vector<std::string> names_here() { return RealFileSystem().list_directory(".").value(); }

// All cases; the working directory must be theirs.
std::vector<Case> find_cases() {
  std::vector<Case> cases;
  for (const std::string& name : names_here()) {
    const std::string stem = stem_of(name);
    if (stem.empty()) continue;
    const auto exit = read_golden(stem + ".exit");
    cases.push_back({name, stem, lines_of(read_golden(stem + ".args").value_or("")),
                     exit ? std::atoi(exit->c_str()) : default_exit(stem)});
  }
  return cases;
}

cli::RunResult run_case(const Case& one, const std::vector<std::string>& extra = {}) {
  std::vector<std::string> arguments = {"validate"};
  arguments.insert(arguments.end(), one.more_arguments.begin(), one.more_arguments.end());
  arguments.insert(arguments.end(), extra.begin(), extra.end());
  arguments.push_back(one.file);
  RealFileSystem files;
  return cli::run_with(files, {{"SET_VARIABLE", "value"}, {"EMPTY_VARIABLE", ""}}, std::move(arguments));
}

void accept_text(const std::string& path, const std::string& text, bool wanted) {
  std::error_code ignored;
  if (!wanted) {
    std::filesystem::remove(path, ignored);
  } else if (read_golden(path) != text) {
    REQUIRE(RealFileSystem().write_file_atomically(path, text).has_value());
  }
}

void accept(const Case& one, const cli::RunResult& result) {
  const int code = static_cast<int>(result.code);
  accept_text(one.stem + ".stdout", result.out, !result.out.empty());
  accept_text(one.stem + ".stderr", result.err, read_golden(one.stem + ".stderr").has_value());
  accept_text(one.stem + ".exit", std::to_string(code) + "\n", code != default_exit(one.stem));
}

}  // namespace

TEST_CASE("every case reports what is written beside it") {
  const WorkingDirectory in_directory(directory);
  const std::vector<Case> cases = find_cases();
  CHECK(cases.size() >= 10);
  for (const Case& one : cases) {
    CAPTURE(one.file);
    const cli::RunResult result = run_case(one);
    if (accepting()) accept(one, result);
    CHECK(result.out == read_golden(one.stem + ".stdout").value_or(""));
    if (const auto expected = read_golden(one.stem + ".stderr")) CHECK(result.err == *expected);
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
  }
}

TEST_CASE("the names of cases say what becomes of them") {
  const WorkingDirectory in_directory(directory);
  for (const Case& one : find_cases()) {
    CAPTURE(one.file);
    const std::string out = read_golden(one.stem + ".stdout").value_or("");
    const bool has_error =
        out.find("error[H") != std::string::npos || out.find("\"error\"") != std::string::npos;
    if (one.stem.starts_with("fail-")) {
      CHECK(has_error);
    } else if (one.stem.starts_with("warn-")) {
      CHECK_FALSE(has_error);
      CHECK_FALSE(out.empty());
    } else {
      CHECK(one.stem.starts_with("ok-"));
      CHECK(out.empty());
    }
  }
}

TEST_CASE("every file beside the cases belongs to one") {
  const WorkingDirectory in_directory(directory);
  std::vector<std::string> stems;
  for (const Case& one : find_cases()) stems.push_back(one.stem);
  const std::size_t count = stems.size();
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  CHECK(stems.size() == count);
  for (const std::string& name : names_here()) {
    CAPTURE(name);
    const std::string stem = stem_of(name).empty() ? name.substr(0, name.rfind('.')) : stem_of(name);
    CHECK(std::binary_search(stems.begin(), stems.end(), stem));
  }
}

}  // namespace honua::commands
