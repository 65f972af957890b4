// SPDX-License-Identifier: MIT
// Comments that keep findings out of the report, and baselines, through the command line.
#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "config/suppressions.h"
#include "syntax/parser.h"

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

TEST_CASE("a baseline does not hide errors of security and syntax, even if it lists them") {
  Run run;
  const std::string text = "x = \"a\n";
  const cli::RunResult written = run.validate(text, {"--write-baseline", "old.json"});
  CHECK(cli::contains(written.out, "error[H0013 "));
  CHECK(written.code == ExitCode::findings);
  CHECK_FALSE(cli::contains(run.world.files.read_file("old.json", 1U << 20U)->to_string(), "H0013"));
  const std::string json = run.validate(text, {"--format", "json"}).out;
  const std::string key = "\"fingerprint\": \"";
  const std::size_t at = json.find(key, json.find("H0013"));
  REQUIRE(at != std::string::npos);
  run.world.files.add("old.json",
                      R"({"format_version": "1.0", "findings": [{"code": "H0013", "fingerprint": ")" +
                          json.substr(at + key.size(), 32) + "\"}]}");
  CHECK(cli::contains(run.validate(text, {"--baseline", "old.json"}).out, "error[H0013 "));
}

TEST_CASE("a comment does not change the fingerprints of other findings") {
  Run run;
  const auto fingerprints_of = [&](const std::string& text) {
    const std::string json = run.validate(text, {"--format", "json"}).out;
    std::vector<std::string> found;
    const std::string key = "\"fingerprint\": \"";
    for (std::size_t at = json.find(key); at != std::string::npos; at = json.find(key, at + 1))
      found.push_back(json.substr(at + key.size(), 32));
    return found;
  };
  // Settings of one address: told apart by their order.
  const std::string two = "\n  display_fild = 1";
  const auto before = fingerprints_of(layer("a", "", two));
  const auto after = fingerprints_of(layer("a", "", " # honua:ignore H0011 why" + two));
  REQUIRE(before.size() == after.size() + 1);
  CHECK(before.back() == after.back());
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

TEST_CASE("a baseline is written to no file that the run reads, nor to standard output") {
  Run run;
  const std::string project = "tool \"validate\" {}\n";
  run.world.files.add(".honua.hcl", project);
  const cli::RunResult result = run.validate(layer("a"), {"--write-baseline", "./.honua.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(cli::contains(result.err, "is the project file, which this run reads"));
  CHECK(run.world.files.read_file(".honua.hcl", 1U << 20U)->to_string() == project);
  CHECK(run.validate(layer("a"), {"--write-baseline", "-"}).code == ExitCode::usage);
}

TEST_CASE("findings that were not looked for, or are ignored now, are not gone from a baseline") {
  Run run;
  (void)run.validate(layer("a"), {"--write-baseline", "old.json"});
  const auto is_gone = [&](const std::string& text, std::vector<std::string> more) {
    more.insert(more.end(), {"--baseline", "old.json"});
    return cli::contains(run.validate(text, more).err, "of the baseline");
  };
  CHECK(is_gone("", {}));
  CHECK_FALSE(is_gone("", {"--syntax-only"}));
  CHECK_FALSE(is_gone("", {"--expressions-only"}));
  CHECK_FALSE(is_gone("", {"--ignore", "H0011"}));
  CHECK_FALSE(is_gone("", {"--select", "H2006"}));
  CHECK_FALSE(is_gone(layer("a", "", " # honua:ignore H0011 why"), {}));
  run.world.files.add(".honua.hcl", "tool \"validate\" {\n  protected = [\"H0011\"]\n}\n");
  const cli::RunResult is_protected = run.validate(layer("a"), {"--baseline", "old.json"});
  CHECK(cli::contains(is_protected.out, "error[H0011 "));
  CHECK_FALSE(cli::contains(is_protected.err, "of the baseline"));
}

TEST_CASE("a comment cannot ignore what is wrong with comments") {
  const cli::RunResult result =
      validate("# honua:ignore-file H0160 why\n" + layer("a", "# honua:ignore H1132 why\n"));
  CHECK(cli::contains(result.out, "H0160 unused-suppression]: `H1132`"));
  CHECK(cli::contains(result.out, "warning[H0164 protected-rule]: findings of `H0160` cannot be ignored"));
}

TEST_CASE("a comment covers nothing behind the block that it is about") {
  const std::string text = "/* honua:ignore H0011 why */ honua {\n  version = \"1.0\"\n}";
  const source::SourceFile file(0, "a.hcl", text + "more {}\n");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const auto found = config::find_suppressions(tree);
  REQUIRE(found.size() == 1);
  CHECK(found[0].scopes.back().end == text.size());
}

TEST_CASE("a comment for the file covers what is missing at its end") {
  const source::SourceFile file(0, "a.hcl", "# honua:ignore-file H0011 why\n");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  const auto found = config::find_suppressions(tree);
  REQUIRE(found.size() == 1);
  CHECK(found[0].scopes.front().end > file.text().size());
}

TEST_CASE("a comment is not called unused where another run may find what it ignores") {
  const std::string text = layer("a", "# honua:ignore H1132 why\n");
  const auto says_unused = [](cli::TestWorld& world, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"validate", "--format", "concise"});
    return cli::contains(cli::run_in(world, std::move(arguments)).out, "H0160");
  };
  cli::TestWorld alone;
  alone.files.add("conf/honua.hcl", std::string(base) + service + text);
  CHECK(says_unused(alone, {"conf"}));
  CHECK(says_unused(alone, {"conf/honua.hcl"}));
  SUBCASE("with an overlay") {
    alone.files.add("conf/honua.production.hcl", "honua {\n  environment = \"production\"\n}\n");
    CHECK_FALSE(says_unused(alone, {"conf"}));
    CHECK_FALSE(says_unused(alone, {"--environment", "production", "conf"}));
  }
  SUBCASE("with the other files of the directory") {
    alone.files.add("conf/more.hcl", "cache \"memory\" {}\n");
    CHECK_FALSE(says_unused(alone, {"conf/honua.hcl"}));
    CHECK(says_unused(alone, {"conf"}));
  }
  SUBCASE("with another value of a variable that it stands above") {
    alone.files.add("conf/honua.hcl", std::string(base) + service +
                                          layer("a", "# honua:ignore H1132 why\n", "\n  title = env(\"T\")"));
    CHECK_FALSE(says_unused(alone, {"conf"}));
    alone.environment["T"] = "x";
    CHECK_FALSE(says_unused(alone, {"conf"}));
  }
  SUBCASE("in another environment") {
    alone.files.add("conf/honua.hcl",
                    "honua {\n  version = \"1.0\"\n  environment = env(\"E\")\n}\n" + service + text);
    alone.environment["E"] = "development";
    CHECK_FALSE(says_unused(alone, {"conf"}));
  }
}

TEST_CASE("a comment about several instances is settled once their number is known") {
  Run run;
  const std::string text = "# honua:ignore H4102 why\n" + service;
  run.world.files.add("a.hcl", std::string(base) + text);
  const auto out = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"validate", "--format", "concise", "a.hcl"});
    return cli::run_in(run.world, std::move(more)).out;
  };
  CHECK_FALSE(cli::contains(out({}), "H0160"));
  CHECK(cli::contains(out({"--instances", "1", "--db-max-connections", "100"}), "H0160"));
}

TEST_CASE("a comment about an option's rule is looked at with the option") {
  Run run;
  const std::string text =
      "# honua:ignore H0118 why\n# honua:ignore H0104 why\nhonua {\n  version = \"1.0\"\n}\n";
  run.world.files.add("a.hcl", text);
  const std::string without = cli::run_in(run.world, {"validate", "--format", "concise", "a.hcl"}).out;
  CHECK(cli::contains(without, "`H0104` is found nowhere"));
  CHECK_FALSE(cli::contains(without, "`H0118` is found nowhere"));
  const std::string with =
      cli::run_in(run.world, {"validate", "--format", "concise", "--target", "upstream", "a.hcl"}).out;
  CHECK(cli::contains(with, "`H0118` is found nowhere"));
  CHECK_FALSE(cli::contains(with, "`H0104` is found nowhere"));
}

TEST_CASE("what was probably meant for such a comment is told") {
  for (const std::string comment :
       {"honua: ignore H0011 why", "honua:ignore[H0011] why", "honua:ignore=H0011 why",
        "honua:ignore: H0011 why", "honua:ignore-next-line H0011 why", "honua:disable H0011 why",
        "Honua:Ignore H0011 why", "honua-ignore H0011"}) {
    CAPTURE(comment);
    const cli::RunResult result = validate(layer("a", "", " # " + comment));
    CHECK(cli::contains(result.out, "error[H0011 "));
    CHECK(cli::contains(result.out, "warning[H0163 invalid-suppression]: `"));
  }
}

TEST_CASE("a rule's code at the beginning of a reason wants a comma") {
  const cli::RunResult result = validate(layer("a", "", " # honua:ignore H0011 H2006 why"));
  CHECK(cli::contains(result.out,
                      "a.hcl:23:43: warning[H0163 invalid-suppression]: `H2006` is taken for the reason"));
  CHECK_FALSE(cli::contains(validate(layer("a", "", " # honua:ignore H0011 as it is")).out, "H0163"));
}

TEST_CASE("codes in comments may be small, and categories are none") {
  CHECK(validate(layer("a", "", " # honua:ignore h0011 why")).out.empty());
  Run run;
  run.world.files.add("a.hcl", "# honua:ignore security why\nhonua {}\n");
  CHECK(cli::contains(cli::run_in(run.world, {"validate", "a.hcl"}).out,
                      "help: a comment names each rule: `honua explain security` lists them"));
}

TEST_CASE("a hundred thousand comments above one line take no longer than reading them") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "# honua:ignore H0011 why\n";
  const source::SourceFile file(0, "a.hcl", text + "honua {}\n");
  diagnostics::Diagnostics sink;
  const syntax::Tree tree = syntax::parse(file, syntax::Dialect::honua, sink);
  CHECK(config::find_suppressions(tree).size() == 100'000);
}

TEST_CASE("a baseline that can't be used is a failure in reports for programs") {
  Run run;
  run.world.files.add("old.json", "{");
  const cli::RunResult result =
      run.validate("", {"--baseline", "old.json", "--format", "json", "--report", "sarif=r.sarif"});
  CHECK(result.code == ExitCode::failure);
  CHECK(cli::contains(result.out, "cannot use the baseline `old.json`"));
  CHECK(run.world.files.exists("r.sarif"));
  CHECK(run.validate("", {"--baseline", "old.json", "--fix"}).code == ExitCode::failure);
}

TEST_CASE("addresses in a baseline may hold what HCL has for templates") {
  Run run;
  const std::string text = "layer \"${x}\" {\n  other = 1\n}\nlayer \"%{\" {\n  other = 1\n}\n";
  (void)run.validate(text, {"--write-baseline", "old.json"});
  REQUIRE(run.world.files.exists("old.json"));
  const cli::RunResult result = run.validate(text, {"--baseline", "old.json"});
  CHECK(result.code != ExitCode::failure);
  CHECK_FALSE(cli::contains(result.out, "H0011"));
  run.world.files.add("old.json", R"({"format_version": "1.0", "findings": [
    {"code": "H0011", "address": "layer[\"${\"]", "fingerprint": "00112233445566778899aabbccddeeff"}]})");
  CHECK(run.validate("", {"--baseline", "old.json"}).code != ExitCode::failure);
}

TEST_CASE("a baseline may have more findings than a value may have parts") {
  std::string text = R"({"format_version": "1.0", "findings": [)";
  for (int i = 0; i < 400'000; ++i)
    text += (i == 0 ? "" : ",") + ("{\"fingerprint\": \"" + std::to_string(i) + "\"}");
  Run run;
  run.world.files.add("old.json", text + "]}");
  CHECK(cli::contains(run.validate("", {"--baseline", "old.json"}).err, "400000 findings of the baseline"));
}

}  // namespace honua::commands
