// SPDX-License-Identifier: MIT
// The cases of testdata/formats: a configuration and beside it what `validate` makes of it in each format,
// NAME.FORMAT. scripts/check-formats has other programs read them.
#include "commands/report_formats.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

const std::string format_cases = HONUA_SOURCE_DIR "/testdata/formats";

// Names without extension; `missing` has no file, which is what it is about.
const std::vector<std::string> format_case_names = {"clean", "columns", "missing", "mixed"};

cli::RunResult run_format(const std::string& name, std::string_view format) {
  RealFileSystem files;
  return cli::run_with(files, {}, {"validate", "--format", std::string(format), "./" + name + ".hcl"});
}

ExitCode expected_code(const std::string& name) {
  if (name == "missing") return ExitCode::failure;
  return name == "clean" ? ExitCode::done : ExitCode::findings;
}

}  // namespace

TEST_CASE("every format reports what is written beside the case") {
  const WorkingDirectory in_directory(format_cases);
  for (const std::string& name : format_case_names) {
    for (const std::string_view format : report_format_names()) {
      const cli::RunResult result = run_format(name, format);
      std::string golden = format_cases;
      golden.append("/").append(name).append(".").append(format);
      check_golden(golden, result.out);
      CHECK(result.code == expected_code(name));
      CHECK(result.out.find("hunter2") == std::string::npos);
    }
  }
}

TEST_CASE("every file beside the cases of formats belongs to one") {
  std::set<std::string> expected;
  for (const std::string& name : format_case_names) {
    if (name != "missing") expected.insert(name + ".hcl");
    for (const std::string_view format : report_format_names())
      expected.insert(name + "." + std::string(format));
  }
  const auto names = RealFileSystem().list_directory(format_cases);
  REQUIRE(names.has_value());
  for (const std::string& name : *names) {
    CAPTURE(name);
    CHECK(expected.contains(name));
  }
}

TEST_CASE("machine formats never carry colours") {
  const WorkingDirectory in_directory(format_cases);
  RealFileSystem files;
  for (const std::string_view format : report_format_names()) {
    const auto result = cli::run_with(
        files, {}, {"validate", "--color=always", "--format", std::string(format), "mixed.hcl"}, "", true);
    CHECK((result.out.find('\x1B') != std::string::npos) == (format == "human"));
  }
}

TEST_CASE("JUnit's failures are the findings that reach --fail-on") {
  const WorkingDirectory in_directory(format_cases);
  RealFileSystem files;
  const auto failures = [&](const std::string& fail_on) {
    const auto result =
        cli::run_with(files, {}, {"validate", "--format=junit", "--fail-on", fail_on, "mixed.hcl"});
    std::size_t count = 0;
    for (std::size_t at = result.out.find("<failure"); at < result.out.size();
         at = result.out.find("<failure", at + 1))
      ++count;
    return count;
  };
  CHECK(failures("never") == 0);
  CHECK(failures("error") > 0);
  CHECK(failures("warning") > failures("error"));
  CHECK(failures("info") > failures("warning"));
}

TEST_CASE("only validate has other programs' formats") {
  for (const std::string command : {"show", "explain"}) {
    const auto result = cli::run_words({command, "--format", "sarif"});
    CHECK(result.code == ExitCode::usage);
    CHECK(result.err.starts_with("error: `sarif` is no value of `--format`; expected one of human, "));
    CHECK_FALSE(cli::contains(result.err, "junit"));
  }
  CHECK(cli::run_words({"validate", "--format", "sariff"}).err.find("did you mean `sarif`?") !=
        std::string::npos);
}

TEST_CASE("the account tells what a report does not") {
  for (const std::string_view format : report_format_names()) {
    CAPTURE(format);
    cli::TestWorld world;
    world.files.add("a.hcl", "data_source \"db\" {\n  connection = env(\"PLACE\")\n}\n");
    const auto result = run_in(world, {"validate", "--env=list", "--format", std::string(format), "a.hcl"});
    const bool holds = format == "json" || format == "jsonl";
    CHECK(cli::contains(result.err, "checked 1 file") == !holds);
    CHECK(cli::contains(result.err, "environment variables:") == !holds);
    CHECK(cli::contains(result.out, "PLACE") == holds);
  }
}

}  // namespace honua::commands
