// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <ostream>
#include <regex>
#include <string>
#include <vector>

#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"

namespace honua::commands {

// `honua introspect` with these arguments; the versions of servers, which differ from machine to machine, as
// 0.0. For tests only.
inline cli::RunResult introspect(const std::vector<std::string>& arguments,
                                 const std::map<std::string, std::string>& environment = {}) {
  std::vector<std::string> words = {"introspect"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  RealFileSystem files;
  auto result = cli::run_with(files, environment, words);
  static const std::regex version("(PostgreSQL|PostGIS|MariaDB) [0-9]+(\\.[0-9]+)*");
  result.out = std::regex_replace(result.out, version, "$1 0.0");
  result.err = std::regex_replace(result.err, version, "$1 0.0");
  return result;
}

// Holds what a database gives to the files in `here`, and the configuration to `validate` and `fmt`. The
// arguments of the run are in `args` there, one a line.
inline void check_introspection(const std::string& here, const std::string& connection) {
  std::vector<std::string> arguments = golden::lines_of(read_golden(here + "/args").value_or(""));
  arguments.push_back(connection);
  const auto hcl = introspect(arguments);
  CHECK(hcl.code == ExitCode::done);
  check_golden(here + "/hcl.txt", hcl.out);
  check_golden(here + "/stderr.txt", hcl.err);
  arguments.emplace_back("--format=json");
  const auto json = introspect(arguments);
  CHECK(json.err == hcl.err);
  check_golden(here + "/json.txt", json.out);
  const ScratchDirectory directory;
  directory.write("found.hcl", hcl.out);
  RealFileSystem files;
  CHECK(cli::run_with(files, {}, {"validate", directory.file("found.hcl")}).code == ExitCode::done);
  CHECK(cli::run_with(files, {}, {"fmt", "--check", directory.file("found.hcl")}).code == ExitCode::done);
  // The database agrees with what was made of it, and there is nothing to update.
  const std::map<std::string, std::string> environment = {{"DATABASE_URL", connection}, {"CITY", connection}};
  const auto full = cli::run_with(files, environment, {"validate", "--full", directory.file("found.hcl")});
  CHECK(full.code == ExitCode::done);
  CHECK_FALSE(cli::contains(full.out, "H6000"));
  arguments.back() = "--update=" + directory.file("found.hcl");
  arguments.emplace_back("--check");
  CHECK(introspect(arguments).code == ExitCode::done);
}

// Each folder in `folder`, of which there are at least so many, with its name.
template <class Check>
void for_each_database(const std::string& folder, std::size_t at_least, const Check& check) {
  const auto names = RealFileSystem().list_directory(folder).value();
  CHECK(names.size() >= at_least);
  for (const std::string& name : names) {
    CAPTURE(name);
    check(folder + name, name);
  }
}

}  // namespace honua::commands
