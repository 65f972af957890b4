// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "cli/testing.h"
#include "commands/golden_for_test.h"

// Golden cases, a folder of testdata/ for each command. A case is a file to
// work on and beside it, with the last extension (and `.hcl` of `.hcl.json`)
// replaced:
//   NAME.stdout  what is printed; no such file means nothing
//   NAME.stderr  what the run says of itself; not compared unless it is there
//   NAME.args    more arguments, one a line
//   NAME.exit    the exit code where it is not 1 for fail- and 0 for others
// HONUA_ACCEPT=1 writes what is found into .stdout, .stderr and .exit.
namespace honua::commands::golden {

struct Case {
  std::string file;
  std::string stem;
  std::vector<std::string> more_arguments;
  int exit = 0;
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// "a" of "a.hcl", "a.honua", "a.json", "a.hcl.json" and "a.yaml"; "" for other files.
inline std::string stem_of(const std::string& file) {
  for (const std::string extension : {".hcl.json", ".json", ".hcl", ".honua", ".yaml"}) {
    if (file.ends_with(extension)) return file.substr(0, file.size() - extension.size());
  }
  return "";
}

inline int default_exit(const std::string& stem) { return stem.starts_with("fail-") ? 1 : 0; }

inline std::vector<std::string> names_here() { return RealFileSystem().list_directory(".").value(); }

// All cases; the working directory must be theirs.
inline std::vector<Case> find_cases() {
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

inline cli::RunResult run_case(const std::string& command, const Case& one) {
  std::vector<std::string> arguments = {command};
  arguments.insert(arguments.end(), one.more_arguments.begin(), one.more_arguments.end());
  arguments.push_back(one.file);
  RealFileSystem files;
  return cli::run_with(files, {{"SET_VARIABLE", "value"}, {"EMPTY_VARIABLE", ""}}, std::move(arguments));
}

inline void accept_text(const std::string& path, const std::string& text, bool wanted) {
  std::error_code ignored;
  if (!wanted) {
    std::filesystem::remove(path, ignored);
  } else if (read_golden(path) != text) {
    REQUIRE(RealFileSystem().write_file_atomically(path, text).has_value());
  }
}

// `err` says whether the account belongs to the case.
inline void accept(const Case& one, const cli::RunResult& result, bool err) {
  const int code = static_cast<int>(result.code);
  accept_text(one.stem + ".stdout", result.out, !result.out.empty());
  accept_text(one.stem + ".stderr", result.err, err);
  accept_text(one.stem + ".exit", std::to_string(code) + "\n", code != default_exit(one.stem));
}

inline void check_every_file_belongs_to_a_case() {
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

}  // namespace honua::commands::golden
