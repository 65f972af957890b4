// SPDX-License-Identifier: MIT
#include "commands/report_files.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "commands/report_formats.h"

namespace honua::commands {

namespace {

using cli::RunResult;
using cli::TestWorld;

TestWorld world_with_findings() {
  TestWorld world;
  world.files.add("conf/a.hcl", "a = 1\n\"b\" = 2\n");
  world.files.add("out/there", "");
  return world;
}

RunResult validate(TestWorld& world, const std::vector<std::string>& more) {
  std::vector<std::string> words = {"validate"};
  words.insert(words.end(), more.begin(), more.end());
  words.emplace_back("conf");
  return run_in(world, words);
}

std::string content(const TestWorld& world, const std::string& path) {
  const auto read = world.files.read_file(path, 1U << 20U);
  return read ? read->to_string() : "<none>";
}

}  // namespace

TEST_CASE("a report in a file is what that format prints, without colours") {
  for (const std::string_view format : report_format_names()) {
    CAPTURE(format);
    TestWorld world = world_with_findings();
    const RunResult printed = validate(world, {"--format", std::string(format)});
    const RunResult both = validate(
        world, {"--color=always", "--format=concise", "--report", std::string(format) + "=out/report"});
    CHECK(both.code == ExitCode::findings);
    CHECK(both.out == validate(world, {"--format=concise"}).out);
    CHECK(content(world, "out/report") == printed.out);
    CHECK_FALSE(printed.out.empty());
  }
}

TEST_CASE("one run writes several reports, also when something could not be read") {
  TestWorld world = world_with_findings();
  const RunResult result = validate(world, {"--report=sarif=out/a=b.sarif", "--report", "junit=out/a.xml",
                                            "--report", "sarif=out/c.sarif", "gone.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(content(world, "out/a=b.sarif").find("\"executionSuccessful\": false") != std::string::npos);
  CHECK(content(world, "out/a=b.sarif") == content(world, "out/c.sarif"));
  CHECK(content(world, "out/a.xml").find("<error message=\"cannot read `gone.hcl`") != std::string::npos);
}

TEST_CASE("a report that cannot be written is a failure, and the others are written") {
  TestWorld world = world_with_findings();
  world.files.add_directory("out/taken");
  const RunResult result =
      validate(world, {"--fail-on=never", "--report=json=out/taken", "--report=gitlab=out/gitlab.json"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.err.find("error: cannot write `out/taken`: ") != std::string::npos);
  CHECK(content(world, "out/gitlab.json").starts_with("["));
}

TEST_CASE("what --report is given is checked before anything is done") {
  struct Wrong {
    std::string given;
    std::string message;
  };
  const std::vector<Wrong> all = {
      {"sariff=a", "error: `sariff` is no value of `--report`; did you mean `sarif`?\n"},
      {"=a", "error: `` is no value of `--report`; expected one of human, concise, json, jsonl, sarif, "},
      {"out/a.xml", "error: `out/a.xml` is no value of `--report`; expected one of "},
      {"sarif", "error: `--report` needs a file, such as `sarif=FILE`\n"},
      {"sarif=", "error: `--report` needs a file, such as `sarif=FILE`\n"},
      {"sarif=-", "error: `--report` writes files; `--format` is for standard output\n"},
  };
  for (const Wrong& one : all) {
    CAPTURE(one.given);
    TestWorld world = world_with_findings();
    const RunResult result = validate(world, {"--report", "json=out/first", "--report", one.given});
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with(one.message));
    CHECK(content(world, "out/first") == "<none>");
  }
}

TEST_CASE("two reports do not go into one file, whatever it is called") {
  for (const std::string second : {"out/a", "./out/../out/a", "out//a"}) {
    TestWorld world = world_with_findings();
    const RunResult result = validate(world, {"--report=json=out/a", "--report=sarif=" + second});
    CAPTURE(second);
    CHECK(result.code == ExitCode::usage);
    CHECK(result.err == "error: two reports cannot go into `" + second +
                            "`\n  help: name a file of its own for each `--report`\n");
    CHECK(content(world, "out/a") == "<none>");
  }
  TestWorld world = world_with_findings();
  world.files.add("out/a", "");
  world.files.add_link("link", "out/a");
  CHECK(validate(world, {"--report=json=out/a", "--report=sarif=link"}).code == ExitCode::usage);
  CHECK(validate(world, {"--report=json=out/a", "--report=sarif=out/b"}).code == ExitCode::findings);
}

TEST_CASE("no report replaces what is read as configuration") {
  for (const std::string path : {"conf/a.hcl", "conf/../conf/a.hcl", "conf/new.hcl", "conf/new.hcl.json"}) {
    TestWorld world = world_with_findings();
    const RunResult result = validate(world, {"--report=json=" + path});
    CAPTURE(path);
    CHECK(result.code == ExitCode::usage);
    CHECK(result.err.find("the configuration itself") != std::string::npos);
    CHECK(content(world, "conf/a.hcl") == "a = 1\n\"b\" = 2\n");
    CHECK(content(world, "conf/new.hcl") == "<none>");
  }
  TestWorld world = world_with_findings();
  CHECK(validate(world, {"--report=json=conf/report.json"}).code == ExitCode::findings);
  world.files.add("honua.hcl", "a = 1\n");
  CHECK(run_in(world, {"validate", "--report", "json=honua.hcl"}).code == ExitCode::usage);
  CHECK(run_in(world, {"validate", "--report", "json=config.hcl"}).code == ExitCode::usage);
  CHECK(run_in(world, {"validate", "--report", "json=other.hcl"}).code == ExitCode::findings);
}

TEST_CASE("no report replaces a baseline or the project file") {
  TestWorld world = world_with_findings();
  world.files.add(".honua.hcl", "");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--report=json=.honua.hcl"},
        {"--report=json=old.json", "--write-baseline=old.json"},
        {"--report=json=./old.json", "--write-baseline", "old.json"}}) {
    const RunResult result = validate(world, words);
    CHECK(result.code == ExitCode::usage);
    CHECK(result.err.find("` is a file that this run reads or writes for something else\n") !=
          std::string::npos);
  }
  CHECK(content(world, "old.json") == "<none>");
}

TEST_CASE("in a workflow of GitHub the summary of the job gets a table") {
  TestWorld world = world_with_findings();
  world.environment = {{"GITHUB_STEP_SUMMARY", "out/summary.md"}};
  CHECK(validate(world, {"--format=github"}).code == ExitCode::findings);
  const std::string table = content(world, "out/summary.md");
  CHECK(table.starts_with("### honua validate\n\n"));
  CHECK(table.find("| error | H0010 | ") != std::string::npos);

  CHECK(validate(world, {"--format=github"}).code == ExitCode::findings);
  CHECK(content(world, "out/summary.md") == table + "\n" + table);
  world.files.add("out/summary.md", "before");
  CHECK(validate(world, {"--format=github"}).code == ExitCode::findings);
  CHECK(content(world, "out/summary.md") == "before\n\n" + table);
}

TEST_CASE("the summary of the job is written for annotations on standard output only") {
  TestWorld world = world_with_findings();
  world.environment = {{"GITHUB_STEP_SUMMARY", "out/summary.md"}};
  CHECK(validate(world, {"--report=github=out/github.txt"}).code == ExitCode::findings);
  CHECK(content(world, "out/summary.md") == "<none>");
  world.environment = {{"GITHUB_STEP_SUMMARY", ""}};
  CHECK(validate(world, {"--format=github"}).code == ExitCode::findings);
  CHECK(content(world, "out/summary.md") == "<none>");
}

TEST_CASE("a summary that cannot be written is a note without the variable's value") {
  struct Trouble {
    std::string path;
    std::string reason;
  };
  TestWorld world = world_with_findings();
  world.files.add_directory("out/directory");
  world.files.add_unreadable("out/secret.md", "permission denied");
  world.files.add("out/large.md", std::string((1U << 20U) + 1, 'x'));
  world.files.add("out/full.md", std::string((1U << 20U) - 10, 'x'));
  for (const Trouble& one :
       std::vector<Trouble>{{"out/directory", ""},
                            {"out/secret.md", "permission denied"},
                            {"out/large.md", "has 1.0 MiB; files over 1 MiB are not read"},
                            {"out/full.md", "what is in it already leaves no room"},
                            {"conf/a.hcl", "it is a part of the configuration itself"}}) {
    CAPTURE(one.path);
    world.environment = {{"GITHUB_STEP_SUMMARY", one.path}};
    const std::string before = content(world, one.path);
    const RunResult result = validate(world, {"--format=github"});
    CHECK(result.code == ExitCode::findings);
    CHECK(result.err.find("note: the summary of the job was not written: " + one.reason) !=
          std::string::npos);
    CHECK(content(world, one.path) == before);
    if (one.path.starts_with("out/")) CHECK(result.err.find(one.path) == std::string::npos);
  }
}

}  // namespace honua::commands
