// SPDX-License-Identifier: MIT
// Comments that keep findings out of the report, and baselines, through the command line.
#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"

namespace honua::commands {

namespace {

constexpr std::string_view base =
    "honua {\n  version     = \"1.0\"\n  environment = \"development\"\n}\n"
    "data_source \"db\" {\n  provider   = \"sqlite\"\n  connection = \"Data Source=a.db\"\n}\n";

// Layers that share a table and name a format that there is not, each with findings of its own.
std::string layer(std::string_view name, std::string_view before = "", std::string_view behind = "") {
  return std::string(before) + "layer \"" + std::string(name) +
         "\" {\n  title = \"A\"\n  data_source = data_source.db\n  table = \"t\"\n  id_field = \"id\"\n"
         "  services = [service.ogc_api]\n  geometry {\n    column = \"g\"\n    type = \"Point\"\n    srid = "
         "4326\n  }\n"
         "  display_fild = \"x\"" +
         std::string(behind) + "\n}\n";
}

const std::string service = "service \"ogc_api\" {\n  enabled = true\n}\n";

struct Run {
  cli::TestWorld world;
  cli::RunResult validate(const std::string& text, std::vector<std::string> more = {}) {
    world.files.add("a.hcl", std::string(base) + service + text);
    std::vector<std::string> arguments = {"validate", "--format", "concise", "a.hcl"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cli::run_in(world, std::move(arguments));
  }
};

cli::RunResult validate(const std::string& text) { return Run().validate(text); }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("without a comment a finding is there") {
  const cli::RunResult result = validate(layer("a"));
  CHECK(count(result.out, "error[H0011 ") == 1);
  CHECK(result.code == ExitCode::findings);
}

TEST_CASE("a comment at the end of a line is about that line") {
  const cli::RunResult result = validate(layer("a", "", " # honua:ignore H0011 a new server reads it"));
  CHECK(result.out.empty());
  CHECK(result.code == ExitCode::done);
  CHECK(cli::contains(result.err, "checked 1 file: nothing found, 1 ignored by comments"));
  CHECK(count(validate(layer("a") + "# honua:ignore H0011 not this\n").out, "H0011") == 2);
}

TEST_CASE("a comment above a block is about all of it, and of nothing behind it") {
  const std::string comment = "# honua:ignore unknown-attribute why\n";
  CHECK(validate(layer("a", comment)).out.empty());
  const cli::RunResult two = validate(layer("a", comment) + layer("b"));
  CHECK(count(two.out, "H0011 ") == 1);
  CHECK(cli::contains(two.out, "a.hcl:37:"));
}

TEST_CASE("a comment above a setting is about the setting") {
  CHECK(
      validate(layer("a", "", "\n  # honua:ignore H0011 why\n\n  // and more words\n  other = 1\n  more = 2"))
          .out.find("`other`") == std::string::npos);
  CHECK(count(validate(layer("a", "", "\n  # honua:ignore H0011 why\n  other = 1\n  more = 2")).out,
              "H0011 ") == 2);
}

TEST_CASE("a comment that nothing follows in its block is about nothing") {
  const cli::RunResult result = validate(layer("a", "", "\n  # honua:ignore H0011 why") + layer("b"));
  CHECK(count(result.out, "H0011 ") == 2);
  CHECK(count(result.out, "H0160 ") == 1);
}

TEST_CASE("a comment for the file is about all of it, wherever it stands") {
  const std::string comment = "# honua:ignore-file H0011, layers-share-table why\n";
  CHECK(validate(layer("a") + layer("b") + comment).out.empty());
}

TEST_CASE("what a comment covers and nothing is found in is told") {
  const cli::RunResult result = validate(layer("a", "", " # honua:ignore H0011,H1132 why"));
  CHECK(result.out ==
        "a.hcl:23:43: warning[H0160 unused-suppression]: `H1132` is found nowhere in what the comment "
        "covers\n");
}

TEST_CASE("a comment in the wrong place is told the right one") {
  Run run;
  run.world.files.add("a.hcl",
                      std::string(base) + service + layer("a") + "# honua:ignore H0011 why\n" + layer("b"));
  run.world.files.add("b.hcl", std::string(base) + service + layer("a") + "# honua:ignore H0011 why\nx {}\n");
  CHECK(cli::run_in(run.world, {"validate", "a.hcl"}).out.find("H0160") == std::string::npos);
  const cli::RunResult result = cli::run_in(run.world, {"validate", "b.hcl"});
  CHECK(cli::contains(result.out, "= help: it is found in line 23: put the comment there"));
}

TEST_CASE("a comment is not called unused where its rule was not looked for") {
  const std::string text = layer("a", "# honua:ignore H1132 why\n", " # honua:ignore H0011 why");
  CHECK(count(Run().validate(text).out, "H0160") == 1);
  CHECK(count(Run().validate(text, {"--syntax-only"}).out, "H0160") == 0);
  CHECK(count(Run().validate(text, {"--ignore", "H1132"}).out, "H0160") == 0);
  CHECK(count(Run().validate(text + "layer \"broken {\n}\n").out, "H0160") == 0);
}

TEST_CASE("a comment without a reason is told, and holds") {
  const cli::RunResult result = validate(layer("a", "", " # honua:ignore H0011"));
  CHECK(result.code == ExitCode::done);
  CHECK(count(result.out, "\n") == 1);
  CHECK(cli::contains(result.out, "warning[H0161 suppression-without-reason]: the comment does not say why"));
}

TEST_CASE("a comment holds up to and including its day") {
  // Tests take place on 2026-07-01.
  CHECK(validate(layer("a", "", " # honua:ignore H0011 why (until 2026-07-01)")).out.empty());
  const cli::RunResult late = validate(layer("a", "", " # honua:ignore H0011 why (until 2026-06-30)"));
  CHECK(late.code == ExitCode::findings);
  CHECK(cli::contains(late.out, "warning[H0162 expired-suppression]: the comment held until 2026-06-30"));
}

TEST_CASE("a comment with a wrong date or rule holds not at all") {
  const cli::RunResult date = validate(layer("a", "", " # honua:ignore H0011 why (until tomorrow)"));
  CHECK(date.code == ExitCode::findings);
  CHECK(cli::contains(date.out, "warning[H0163 invalid-suppression]: `tomorrow` is no date"));
  const cli::RunResult rule = validate(layer("a", "", " # honua:ignore unknown-atribute why"));
  CHECK(rule.code == ExitCode::findings);
  CHECK(cli::contains(rule.out, "warning[H0163 invalid-suppression]: there is no rule `unknown-atribute`"));
  CHECK(cli::contains(validate("# honua:ignore\n").out, "the comment names no rule to ignore"));
}

TEST_CASE("errors of syntax and of security are not for a comment to ignore") {
  const cli::RunResult syntax = validate("# honua:ignore-file H0013 why\nx = \"a\n");
  CHECK(cli::contains(syntax.out, "error[H0013 "));
  CHECK(cli::contains(syntax.out, "`H0013` cannot be ignored by a comment"));
  const cli::RunResult secret = validate(
      "# honua:ignore connection-secret why\ndata_source \"x\" {\n  provider = \"postgresql\"\n"
      "  connection = \"Host=db;Password=geheim99\"\n}\n");
  CHECK(cli::contains(secret.out, "warning[H5101 "));
  CHECK(cli::contains(secret.out, "`connection-secret` cannot be ignored by a comment"));
}

TEST_CASE("the project file may protect more rules") {
  Run run;
  run.world.files.add(".honua.hcl", "tool \"validate\" {\n  protected = [\"structure\"]\n}\n");
  const cli::RunResult result = run.validate(layer("a", "", " # honua:ignore H0011 why"));
  CHECK(cli::contains(result.out, "error[H0011 "));
  CHECK(cli::contains(result.out, "`H0011` cannot be ignored by a comment"));
}

TEST_CASE("comments in every form count, with a byte order mark and CRLF too") {
  CHECK(validate(layer("a", "/* honua:ignore H0011 why */ ")).out.empty());
  CHECK(validate(layer("a", "", " // honua:ignore H0011 why")).out.empty());
  Run run;
  std::string text;
  for (const char c : std::string(base) + service + layer("a", "", " # honua:ignore H0011 why")) {
    if (c == '\n') text += '\r';
    text += c;
  }
  run.world.files.add("b.hcl", text);
  const cli::RunResult result = cli::run_in(run.world, {"validate", "--format", "concise", "b.hcl"});
  CHECK(result.out.empty());
}

TEST_CASE("a baseline leaves out what it lists, and nothing new") {
  Run run;
  const cli::RunResult written = run.validate(layer("a"), {"--write-baseline", "old.json"});
  CHECK(written.code == ExitCode::done);
  CHECK(written.out.empty());
  CHECK(cli::contains(written.err, "note: listed 1 finding in `old.json`"));
  const std::vector<std::string> with_baseline = {"--baseline", "old.json"};
  CHECK(run.validate(layer("a"), with_baseline).out.empty());
  // Edits elsewhere change nothing.
  CHECK(run.validate("# a comment\n\n" + layer("a"), with_baseline).out.empty());
  const cli::RunResult more = run.validate(layer("b") + layer("a"), with_baseline);
  CHECK(count(more.out, "H0011 ") == 1);
  CHECK(more.code == ExitCode::findings);
  CHECK(cli::contains(more.err, "1 in the baseline"));
}

TEST_CASE("what is gone from a baseline is told") {
  Run run;
  (void)run.validate(layer("a"), {"--write-baseline", "old.json"});
  const cli::RunResult result = run.validate("", {"--baseline", "old.json"});
  CHECK(cli::contains(result.err, "note: 1 finding of the baseline `old.json` is gone"));
}

TEST_CASE("a baseline does not hide errors of security and syntax") {
  Run run;
  const std::string text = "x = \"a\n";
  const cli::RunResult written = run.validate(text, {"--write-baseline", "old.json"});
  CHECK(cli::contains(written.out, "error[H0013 "));
  CHECK(written.code == ExitCode::findings);
}

TEST_CASE("a comment does not change the fingerprints of other findings") {
  Run run;
  const std::string two = "\n  other = 1";
  (void)run.validate(layer("a", "", two), {"--write-baseline", "old.json"});
  const cli::RunResult result =
      run.validate(layer("a", "", " # honua:ignore H0011 why" + two), {"--baseline", "old.json"});
  CHECK(result.out.empty());
}

TEST_CASE("a baseline that can't be used ends the run") {
  Run run;
  const auto error_of = [&](const std::string& text) {
    run.world.files.add("old.json", text);
    const cli::RunResult result = run.validate(layer("a"), {"--baseline", "old.json"});
    CHECK(result.code == ExitCode::failure);
    return result.err;
  };
  CHECK(cli::contains(run.validate("", {"--baseline", "no.json"}).err,
                      "error: cannot use the baseline `no.json`: no such file or directory"));
  CHECK(cli::contains(error_of("{"), "cannot use the baseline `old.json`: is no JSON: line 1"));
  CHECK(cli::contains(error_of("[]"), "it has no `format_version`"));
  CHECK(cli::contains(error_of("{}"), "it has no `format_version`"));
  CHECK(
      cli::contains(error_of(R"({"format_version": "2.0"})"), "has a version that this honua does not know"));
  CHECK(cli::contains(error_of(R"({"format_version": "1.0"})"), "it has no `findings`"));
  CHECK(cli::contains(error_of(R"({"format_version": "1.0", "findings": [{}]})"), "has no `fingerprint`"));
}

TEST_CASE("a baseline is not written where something could not be read") {
  Run run;
  const cli::RunResult result = run.validate("", {"no.hcl", "--write-baseline", "old.json"});
  CHECK(result.code == ExitCode::failure);
  CHECK(cli::contains(result.err, "`old.json` was not written: not everything could be read"));
  CHECK_FALSE(run.world.files.exists("old.json"));
}

TEST_CASE("a baseline never takes the place of a file that is read") {
  Run run;
  const cli::RunResult result = run.validate("", {"--write-baseline", "./a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(cli::contains(result.err, "name another file for the baseline"));
  CHECK(cli::contains(run.world.files.read_file("a.hcl", 1U << 20U)->to_string(), "data_source"));
}

TEST_CASE("wrong requests end the run before it begins") {
  CHECK(cli::contains(Run().validate("", {"--rule", "H2006"}).err,
                      "error: `--rule` takes a rule and its level, not `H2006`"));
  CHECK(Run().validate("", {"--rule", "H2006"}).code == ExitCode::usage);
  CHECK(Run().validate("", {"--select", "H2006,"}).code == ExitCode::usage);
  CHECK(cli::contains(Run().validate("", {"--project", "a", "--no-project"}).err, "exclude each other"));
}

}  // namespace honua::commands
