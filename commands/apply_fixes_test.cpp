// SPDX-License-Identifier: MIT
// `honua validate --fix` and `--diff`, through the command line.
#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/apply_fixes.h"

namespace honua::commands {

namespace {

constexpr const char* doubtful =
    "# the city's server\nhonua {\n  version = '1.0'   # kept as it is\n  environment = \"development\"\n"
    "  log_levl = \"info\"\n}\n";

std::string text_of(const cli::TestWorld& world, const std::string& path) {
  return world.files.read_file(path, 1U << 20U)->to_string();
}

cli::RunResult validate(cli::TestWorld& world, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "validate");
  return cli::run_in(world, std::move(arguments));
}

cli::TestWorld world_with(const std::string& text) {
  cli::TestWorld world;
  world.files.add("a.hcl", text);
  return world;
}

// What safe or all fixes make of a text.
std::string fixed(const std::string& text, const std::string& option = "--fix") {
  cli::TestWorld world = world_with(text);
  (void)validate(world, {option, "a.hcl"});
  std::string once = text_of(world, "a.hcl");
  // Nothing is left to do for a second run.
  const cli::RunResult again = validate(world, {option, "a.hcl"});
  CHECK(cli::contains(again.err, "note: mended 0 findings in 0 files"));
  CHECK(text_of(world, "a.hcl") == once);
  return once;
}

}  // namespace

TEST_CASE("safe fixes change what they are about and nothing else") {
  CHECK(
      fixed(doubtful) ==
      "# the city's server\nhonua {\n  version = \"1.0\"   # kept as it is\n  environment = \"development\"\n"
      "  log_levl = \"info\"\n}\n");
}

TEST_CASE("forms that the server at hand needs stay where the configuration is for it") {
  const std::string text =
      "honua {\n  version = \"${env:VERSION}\"\n  cors {\n    allow_any_origin = False\n  }\n}\n";
  cli::TestWorld world = world_with(text);
  (void)validate(world, {"--fix", "--target", "upstream", "a.hcl"});
  CHECK(text_of(world, "a.hcl") == text);
  (void)validate(world, {"--fix", "a.hcl"});
  CHECK(cli::contains(text_of(world, "a.hcl"), "version = env(\"VERSION\")"));
}

TEST_CASE("names that were probably meant are for those who ask") {
  CHECK(cli::contains(fixed(doubtful, "--fix=unsafe"), "  log_level = \"information\"\n"));
}

TEST_CASE("a name in the wrong case is mended without asking") {
  CHECK(cli::contains(fixed("honua {\n  Version = \"1.0\"\n}\n"), "  version = \"1.0\"\n"));
}

TEST_CASE("a comma goes behind the value in front of it") {
  CHECK(fixed("x = [\"a b\" \"c\", f(1 2)]\n", "--fix=unsafe") == "x = [\"a b\", \"c\", f(1, 2)]\n");
}

TEST_CASE("a byte order mark and mixed line ends go") {
  CHECK(fixed("\xEF\xBB\xBFhonua {\n  version = \"1.0\"\r\n}\n") == "honua {\n  version = \"1.0\"\n}\n");
  CHECK(fixed("honua {\r\n  version = \"1.0\"\n}\r\n") == "honua {\r\n  version = \"1.0\"\r\n}\r\n");
}

TEST_CASE("quotes around a number go where a number is expected") {
  CHECK(cli::contains(fixed("layer \"a\" {\n  geometry {\n    srid = \"4326\"\n  }\n}\n"),
                      "    srid = 4326\n"));
}

TEST_CASE("comments that ignore nothing go with their lines, but only for those who ask") {
  const std::string text =
      "# honua:ignore H1132 why\nhonua {\n  version = \"1.0\" # honua:ignore H1132 why\n}\n";
  CHECK(fixed(text) == text);
  CHECK(fixed(text, "--fix=unsafe") == "honua {\n  version = \"1.0\"\n}\n");
  CHECK(fixed("# honua:ignore-file H1132, H1020, H1138 why\nhonua {\n}\n", "--fix=unsafe") ==
        "# honua:ignore-file H1020 why\nhonua {\n}\n");
}

TEST_CASE("names in HCL's JSON form are mended inside of their quotes") {
  cli::TestWorld world;
  world.files.add("a.hcl.json", R"({"honua": {"Version": "1.0", "log_levl": "info"}})");
  (void)validate(world, {"--fix=unsafe", "a.hcl.json"});
  CHECK(text_of(world, "a.hcl.json") == R"({"honua": {"version": "1.0", "log_level": "information"}})");
}

TEST_CASE(
    "safe fixes after which there are more errors are left out, and the report is about the file as it "
    "is") {
  // Under its right name the setting is checked, and out of range.
  const std::string text = "service \"wfs\" {\n  Max_page_size = 0\n}\n";
  CHECK(fixed(text) == text);
  cli::TestWorld world = world_with(text);
  const cli::RunResult before = validate(world, {"--format", "concise", "a.hcl"});
  CHECK(validate(world, {"--fix", "--format", "concise", "a.hcl"}).out == before.out);
}

TEST_CASE("what a comment or a baseline ignores stays as it is") {
  const std::string ignored =
      "honua {\n  version = '1.0' # honua:ignore H0121 the server at hand wants it\n}\n";
  CHECK(fixed(ignored) == ignored);
  cli::TestWorld world = world_with(doubtful);
  (void)validate(world, {"--write-baseline", "old.json", "a.hcl"});
  (void)validate(world, {"--baseline", "old.json", "--fix=unsafe", "a.hcl"});
  CHECK(text_of(world, "a.hcl") == doubtful);
}

TEST_CASE("a diff shows what would be done, and nothing is written") {
  cli::TestWorld world = world_with(doubtful);
  const cli::RunResult result = validate(world, {"--diff", "a.hcl"});
  CHECK(text_of(world, "a.hcl") == doubtful);
  CHECK(result.code == ExitCode::findings);
  CHECK(cli::contains(result.out,
                      "-  version = '1.0'   # kept as it is\n+  version = \"1.0\"   # kept as it is\n"));
  CHECK(cli::contains(result.err, "note: would mend 1 finding in 1 file"));
  CHECK_FALSE(cli::contains(result.out, "error["));
}

TEST_CASE("a diff masks secrets, and secrets in reports' fixes are left out") {
  cli::TestWorld world = world_with(
      "data_source \"db\" {\n  provider = \"postgresql\"\n"
      "  connection = 'Host=db;Password=geheim4711x'\n}\n");
  const cli::RunResult diff = validate(world, {"--diff", "a.hcl"});
  CHECK_FALSE(cli::contains(diff.out + diff.err, "geheim4711x"));
  const cli::RunResult json = validate(world, {"--format", "json", "a.hcl"});
  CHECK_FALSE(cli::contains(json.out + json.err, "geheim4711x"));
}

TEST_CASE("the report is about the files as they are afterwards") {
  cli::TestWorld world = world_with(doubtful);
  const cli::RunResult result = validate(world, {"--fix", "--format", "concise", "a.hcl"});
  CHECK_FALSE(cli::contains(result.out, "H0121"));
  CHECK(cli::contains(result.out, "H0011"));
  CHECK(cli::contains(result.err, "note: mended 1 finding in 1 file"));
}

TEST_CASE("what could be mended is told") {
  cli::TestWorld world = world_with(doubtful);
  CHECK(
      cli::contains(validate(world, {"a.hcl"}).err, "note: `--fix` mends 1 finding, `--fix=unsafe` 1 more"));
  CHECK_FALSE(cli::contains(validate(world, {"--format", "json", "a.hcl"}).err, "--fix"));
}

TEST_CASE("standard input cannot be fixed, and a diff takes the place of the report") {
  cli::TestWorld world = world_with(doubtful);
  world.input = doubtful;
  CHECK(validate(world, {"--fix", "-"}).code == ExitCode::usage);
  CHECK(validate(world, {"--diff", "--format", "json", "a.hcl"}).code == ExitCode::usage);
  const cli::RunResult wrong = validate(world, {"--fix=all", "a.hcl"});
  CHECK(wrong.code == ExitCode::usage);
  CHECK(cli::contains(wrong.err, "`all` is no value of `--fix`; expected one of safe, unsafe"));
}

TEST_CASE("a path behind `--fix` is a path") {
  cli::TestWorld world = world_with(doubtful);
  (void)validate(world, {"--fix", "a.hcl"});
  CHECK(text_of(world, "a.hcl") != doubtful);
}

TEST_CASE("the ends of heredocs' lines are values and stay") {
  const std::string heredoc = "  description = <<E\r\none\r\ntwo\nE\r\n";
  const std::string text = "honua {\n" + heredoc + "  version = \"1.0\"\r\n}\n";
  CHECK(fixed(text) == "honua {\n  description = <<E\r\none\r\ntwo\nE\n  version = \"1.0\"\n}\n");
  cli::TestWorld world = world_with("honua {\r\n  description = <<E\none\nE\r\n}\r\n");
  CHECK_FALSE(cli::contains(validate(world, {"a.hcl"}).out, "H0152"));
}

TEST_CASE("line ends stay where a heredoc may be that nobody found") {
  const std::string text = "honua {\n  x = [<<E\r\none\r\n";
  CHECK(fixed(text) == text);
  const std::string shift = "honua {\n  version = \"1.0\" # a << b\r\n}\n";
  CHECK(fixed(shift) == shift);
}

TEST_CASE("fixes that make errors don't keep others from being done") {
  const std::string text =
      "honua {\n  version = '1.0'\n}\nservice \"wfs\" {\n  Max_page_size = 0\n  Enabled = true\n}\n";
  const std::string wanted =
      "honua {\n  version = \"1.0\"\n}\nservice \"wfs\" {\n  Max_page_size = 0\n  enabled = true\n}\n";
  CHECK(fixed(text) == wanted);
  cli::TestWorld world = world_with(text);
  const cli::RunResult result = validate(world, {"--fix", "a.hcl"});
  CHECK(cli::contains(result.err, "note: mended 2 findings in 1 file"));
  CHECK(cli::contains(result.err, "note: 1 finding was not mended, since that would not help: a.hcl:5:3 ("));
}

TEST_CASE("many fixes that make errors take no more than max_trials checks") {
  std::string text;
  for (std::size_t i = 0; i < max_trials; ++i) text += "service \"wfs\" {\n  Max_page_size = 0\n}\n";
  text += "honua {\n  version = '1.0'\n}\n";
  cli::TestWorld world = world_with(text);
  const cli::RunResult result = validate(world, {"--fix", "a.hcl"});
  CHECK(cli::contains(result.err, "not mended, since that would not help: a.hcl:2:3 ("));
  CHECK(cli::contains(result.err, " and "));
}

TEST_CASE("nothing is mended where something can't be read") {
  cli::TestWorld world = world_with(doubtful);
  const cli::RunResult result = validate(world, {"--fix", "unsafe", "a.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(text_of(world, "a.hcl") == doubtful);
  CHECK(cli::contains(result.err, "note: nothing was mended: not everything could be read"));
  CHECK(cli::contains(result.err, "`--fix=unsafe` is written with `=`"));
}

TEST_CASE("pipes cannot be fixed") {
  cli::TestWorld world;
  world.files.add_pipe("pipe.hcl", doubtful);
  const cli::RunResult result = validate(world, {"--fix", "pipe.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(cli::contains(result.err, "`pipe.hcl` is a pipe or a device"));
}

TEST_CASE("a diff writes no reports or baselines about texts that nobody has") {
  cli::TestWorld world = world_with(doubtful);
  CHECK(validate(world, {"--diff", "--write-baseline", "old.json", "a.hcl"}).code == ExitCode::usage);
  CHECK(validate(world, {"--diff", "--report", "json=r.json", "a.hcl"}).code == ExitCode::usage);
  CHECK_FALSE(world.files.exists("old.json"));
  CHECK_FALSE(world.files.exists("r.json"));
}

TEST_CASE("a diff says that findings stay, and shows line ends where they differ") {
  cli::TestWorld world = world_with("honua {\n  version = \"1.0\"\r\n  log_levl = 1\n}\n");
  const cli::RunResult result = validate(world, {"--diff", "a.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(cli::contains(result.out, "-  version = \"1.0\"\\u{d}\n+  version = \"1.0\"\n"));
  CHECK(cli::contains(result.err, "findings that would stay are reported without `--diff`"));
  cli::TestWorld same = world_with("honua {\r\n  version = '1.0'\r\n}\r\n");
  CHECK_FALSE(cli::contains(validate(same, {"--diff", "a.hcl"}).out, "u{d}"));
}

TEST_CASE("what is no help is not offered") {
  cli::TestWorld world = world_with("honua {\n  version = \"${env:VERSION}\"\n  Environment = True\n}\n");
  world.input = doubtful;
  CHECK_FALSE(cli::contains(validate(world, {"-"}).err, "--fix"));
  const cli::RunResult upstream = validate(world, {"--target", "upstream", "a.hcl"});
  CHECK(cli::contains(upstream.err, "`--fix` mends 1 finding\n"));
}

TEST_CASE("a fix that does not help is not done again and again") {
  const std::string text = "a = [\"x]\nb = 2\n";
  CHECK(fixed(text, "--fix=unsafe") == text);
}

TEST_CASE("where a comment goes, what was around it is not joined") {
  CHECK(fixed("a = 4 / /* honua:ignore H0011 x *//* y */ 2\n", "--fix=unsafe").find("//*") ==
        std::string::npos);
  CHECK(cli::contains(fixed("x = [for a /* honua:ignore H0121 x */in [1] : a]\n", "--fix=unsafe"),
                      "for a in [1]"));
}

}  // namespace honua::commands
