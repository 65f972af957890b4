// SPDX-License-Identifier: MIT
// Each folder of testdata/show is a case, run inside of it:
//   args    the arguments, one a line
//   stdout, stderr, exit    what comes of it; no file for nothing and for 0
// HONUA_ACCEPT=1 writes what is found into the last three.
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

const std::string show_cases = HONUA_SOURCE_DIR "/testdata/show";

std::vector<std::string> arguments_of_case() {
  std::vector<std::string> arguments = {"show"};
  std::istringstream lines(read_golden("args").value_or(""));
  for (std::string line; std::getline(lines, line);) arguments.push_back(line);
  return arguments;
}

const std::map<std::string, std::string> variables = {
    {"REDIS_URL", "redis://:hunter2@cache"},
    {"SECRET_URL", "postgresql://gis:hunter2@db/maps"},
    {"SECRET_HOST", "hunter2.example"},
    {"SECRET_PASSWORD", "hunter2"},
    {"SECRET_SIZE", "47"},
    {"SECRET_JSON", R"({"max_features": 4711, "hunter2": 1})"}};

}  // namespace

TEST_CASE("every case shows what is written beside it, and no secret") {
  const auto names = RealFileSystem().list_directory(show_cases);
  REQUIRE(names.has_value());
  CHECK(names->size() >= 8);
  for (const std::string& name : *names) {
    CAPTURE(name);
    const WorkingDirectory in_case(std::filesystem::path(show_cases) / name);
    RealFileSystem files;
    const auto result = cli::run_with(files, variables, arguments_of_case());
    check_golden("stdout", result.out);
    check_golden("stderr", result.err);
    const int code = static_cast<int>(result.code);
    check_golden("exit", code == 0 ? "" : std::to_string(code) + "\n");
    for (const char* secret : {"hunter2", "47"}) CHECK_FALSE(cli::contains(result.out + result.err, secret));
  }
}

TEST_CASE("show tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/show-help.txt", cli::run_words({"show", "--help"}).out);
}

TEST_CASE("show refuses what is no address and what cannot name an environment") {
  cli::TestWorld world;
  world.files.add("honua.hcl", "honua {\n}\n");
  for (const char* wrong :
       {".honua", "honua.", "honua..cors", "honua[0]", "honua[\"a", "honua[\"a\"]b", "."}) {
    CAPTURE(wrong);
    const auto result = cli::run_in(world, {"show", "--only", wrong});
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    CHECK(cli::contains(result.err, "is no address\n  help: addresses are"));
  }
  CHECK(cli::run_in(world, {"show", "--environment", "a/b"}).code == ExitCode::usage);
}

TEST_CASE("show yields one JSON document also when there is nothing to read") {
  cli::TestWorld world;
  const auto result = cli::run_in(world, {"show", "--format", "json", "nosuch.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.out == "{\n  \"format_version\": \"1.0\",\n  \"complete\": false,\n  \"values\": []\n}\n");
  CHECK(cli::contains(result.err, "error: cannot read `nosuch.hcl`"));
}

TEST_CASE("an address takes no path with it") {
  cli::TestWorld world;
  world.files.add("a.hcl", "honua {\n  version = \"1.0\"\n  log_level = \"error\"\n}\n");
  const std::string expected = "honua.log_level = \"error\"  # a.hcl:3\n";
  CHECK(cli::run_in(world, {"show", "--only", "honua.log_level", "a.hcl"}).out == expected);
  CHECK(cli::run_in(world, {"show", "a.hcl", "--only=honua.log_level"}).out == expected);
}

TEST_CASE("show reads standard input") {
  cli::TestWorld world;
  world.input = "honua {\n  version = \"1.0\"\n}\n";
  CHECK(cli::run_in(world, {"show", "--no-defaults", "-"}).out == "honua.version = \"1.0\"  # <stdin>:2\n");
}

}  // namespace honua::commands
