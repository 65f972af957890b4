// SPDX-License-Identifier: MIT
#include "commands/validate_command.h"

#include <doctest/doctest.h>
#include <ostream>
#include <string>
#include <vector>

#include "cli/testing.h"

namespace honua::commands {

namespace {

using cli::run_in;
using cli::RunResult;
using cli::TestWorld;

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TestWorld world_with(const std::string& name, const std::string& content) {
  TestWorld world;
  world.files.add(name, content);
  return world;
}

// One file of each outcome.
TestWorld mixed_world() {
  TestWorld world;
  world.files.add("bad.hcl", "a = \n");
  world.files.add("doubtful.hcl", "\"a\" = 1\nvariable \"x\" = 1\n");
  world.files.add("good.hcl", "a = 1\n");
  world.files.add_unreadable("secret.hcl", "permission denied");
  return world;
}

}  // namespace

TEST_CASE("a file without findings gives no report and a summary on standard error") {
  TestWorld world = mixed_world();
  const RunResult result = run_in(world, {"validate", "--expressions-only", "good.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "checked 1 file: nothing found\n"
        "note: only syntax and expressions were checked, not what the blocks mean\n");
}

TEST_CASE("the exit code follows --fail-on") {
  struct Threshold {
    std::string file;
    std::string fail_on;
    ExitCode code;
  };
  const std::vector<Threshold> thresholds = {
      {"bad.hcl", "error", ExitCode::findings},     {"bad.hcl", "never", ExitCode::done},
      {"doubtful.hcl", "error", ExitCode::done},    {"doubtful.hcl", "warning", ExitCode::findings},
      {"doubtful.hcl", "info", ExitCode::findings}, {"doubtful.hcl", "never", ExitCode::done},
      {"good.hcl", "info", ExitCode::done},         {"secret.hcl", "never", ExitCode::failure},
  };
  TestWorld world = mixed_world();
  for (const Threshold& one : thresholds) {
    CAPTURE(one.file);
    CAPTURE(one.fail_on);
    CHECK(run_in(world, {"validate", "--expressions-only", "--fail-on", one.fail_on, one.file}).code ==
          one.code);
  }
  CHECK(run_in(world, {"validate", "--expressions-only", "bad.hcl"}).code == ExitCode::findings);
}

TEST_CASE("a file that cannot be read does not hide findings in the others") {
  TestWorld world = mixed_world();
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--format=concise", "bad.hcl",
                                          "secret.hcl", "none.hcl", "doubtful.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.out, "bad.hcl:1:5: error[H0036 "));
  CHECK(contains(result.out, "doubtful.hcl:"));
  CHECK(result.err ==
        "error: cannot read `none.hcl`: no such file or directory\n"
        "error: cannot read `secret.hcl`: permission denied\n"
        "checked 2 files: 1 error, 2 warnings\n"
        "note: only syntax and expressions were checked, not what the blocks mean\n"
        "note: `--fix` mends 2 findings\n");
}

TEST_CASE("one file under several names is checked once") {
  TestWorld world = mixed_world();
  world.files.add_link("link.hcl", "bad.hcl");
  CHECK(contains(run_in(world, {"validate", "--expressions-only", "bad.hcl", "./bad.hcl", "link.hcl"}).err,
                 "checked 1 file: 1 error\n"));
}

TEST_CASE("a directory is checked as a whole, in the order of its names") {
  TestWorld world;
  world.files.add("conf/b.hcl", "b = \n");
  world.files.add("conf/a.hcl", "a = \n");
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--format=concise", "conf"});
  CHECK(result.out.starts_with("conf/a.hcl:1:5: "));
  CHECK(contains(result.out, "\nconf/b.hcl:1:5: "));
}

TEST_CASE("standard input is checked under the name it is given") {
  TestWorld world;
  world.input = "a = \n";
  CHECK(contains(run_in(world, {"validate", "--expressions-only", "-"}).out, "<stdin>:1:5"));
  CHECK(contains(run_in(world, {"validate", "--expressions-only", "--stdin-filename=roads.hcl", "-"}).out,
                 "roads.hcl:1:5"));
  world.input = R"({"a": 1})";
  CHECK(run_in(world, {"validate", "--expressions-only", "--stdin-filename=a.hcl.json", "-"}).code ==
        ExitCode::done);
  CHECK(run_in(world, {"validate", "--expressions-only", "-"}).code == ExitCode::findings);
}

TEST_CASE("without a path the configuration of the current directory is checked with its overlay") {
  TestWorld world;
  world.files.add("honua.hcl", "a = \n");
  world.files.add("honua.production.hcl", "b = \n");
  world.environment = {{"ASPNETCORE_ENVIRONMENT", "Production"}};
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--format=concise"});
  CHECK(contains(result.out, "honua.hcl:1:5"));
  CHECK(contains(result.out, "honua.production.hcl:1:5"));
  CHECK(contains(run_in(world, {"validate", "--expressions-only", "--environment=test"}).err,
                 "checked 1 file"));
}

TEST_CASE("finding no configuration is a failure that says what was looked for") {
  TestWorld world;
  const RunResult result = run_in(world, {"validate"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "error: no configuration found in the current directory\n"
        "  help: looked for honua.config.hcl, honua.config.honua, honua.hcl, honua.honua, config.hcl, "
        "config.honua\n"
        "  help: name a file or directory, or set HONUA_CONFIG\n");
}

TEST_CASE("an overlay that is asked for beside a path is said to be unused") {
  TestWorld world = mixed_world();
  CHECK(contains(run_in(world, {"validate", "--expressions-only", "--environment=test", "good.hcl"}).err,
                 "`--environment` was not used"));
}

TEST_CASE(
    "an overlay that is asked for beside HONUA_CONFIG is said to be unused, unless that is a directory") {
  TestWorld world = mixed_world();
  world.files.add("conf/honua.hcl", "a = 1\n");
  world.environment = {{"HONUA_CONFIG", "good.hcl"}};
  const std::vector<std::string> words{"validate", "--expressions-only", "--environment=test"};
  CHECK(contains(run_in(world, words).err, "`--environment` was not used"));
  world.environment = {{"HONUA_CONFIG", "conf"}};
  CHECK_FALSE(contains(run_in(world, words).err, "was not used"));
}

TEST_CASE("an environment without an overlay is said to have none: its name may be mistyped") {
  TestWorld world = mixed_world();
  world.files.add("conf/honua.hcl", "a = 1\n");
  world.files.add("conf/honua.test.hcl", "a = 2\n");
  const auto notes = [&](const std::string& name) {
    return run_in(world, {"validate", "--expressions-only", "--environment=" + name, "conf"}).err;
  };
  CHECK(contains(notes("tset"), "note: the environment `tset` has no overlay here"));
  CHECK_FALSE(contains(notes("test"), "has no overlay"));
}

TEST_CASE("options about what is not looked at are said to be unused") {
  TestWorld world = mixed_world();
  const std::string err =
      run_in(world, {"validate", "--syntax-only", "--instances=2", "--db-max-connections=9", "--env=list",
                     "--target=upstream", "good.hcl"})
          .err;
  for (const char* option : {"--instances", "--db-max-connections", "--env", "--target"})
    CHECK(contains(err, "note: `" + std::string(option) + "` was not used"));
  const std::string all = run_in(world, {"validate", "--instances=2", "--env=list", "good.hcl"}).err;
  CHECK_FALSE(contains(all, "was not used"));
}

TEST_CASE("how many instances there are may be said by the environment, which is never printed") {
  TestWorld world = world_with("a.hcl", "cache \"local\" {\n  type = \"memory\"\n}\n");
  const auto run = [&](const std::vector<std::string>& options) {
    std::vector<std::string> words = {"validate", "--format=concise", "a.hcl"};
    words.insert(words.end(), options.begin(), options.end());
    return run_in(world, words);
  };
  CHECK_FALSE(contains(run({}).out, "H4102"));
  world.environment = {{"HONUA_INSTANCES", "2"}};
  CHECK(contains(run({}).out, "H4102"));
  CHECK_FALSE(contains(run({"--instances=1"}).out, "H4102"));
  world.environment = {{"HONUA_INSTANCES", "token-4711"}};
  const RunResult wrong = run({});
  CHECK(wrong.code == ExitCode::usage);
  CHECK(
      contains(wrong.err, "error: the environment variable `HONUA_INSTANCES` is no whole number from 1 on"));
  CHECK_FALSE(contains(wrong.err, "4711"));
  CHECK(run({"--syntax-only"}).code == ExitCode::done);
  CHECK(run({"--instances=1"}).code == ExitCode::done);
  for (const char* option : {"--instances=0", "--instances=x", "--db-max-connections=-1"}) {
    CAPTURE(option);
    const RunResult result = run({option});
    CHECK(result.code == ExitCode::usage);
    CHECK(contains(result.err, "takes a whole number from 1 on"));
  }
}

TEST_CASE("of two overlays for one environment the one that is not read is named") {
  TestWorld world;
  for (const char* directory : {"", "conf/"}) {
    world.files.add(std::string(directory) + "honua.hcl", "variable \"a\" {\n  default = 1\n}\n");
    for (const char* name : {"honua.test.hcl", "honua.test.honua"})
      world.files.add(std::string(directory) + name, "variable \"a\" {\n  default = 2\n}\n");
  }
  const std::string found = run_in(world, {"validate", "--environment=test"}).err;
  CHECK(contains(found,
                 "note: `honua.test.honua` was not read: another file is the overlay of its environment"));
  const std::string named = run_in(world, {"validate", "--environment=test", "conf"}).err;
  CHECK(contains(named, "note: `conf/honua.test.honua` was not read"));
  CHECK_FALSE(contains(run_in(world, {"validate", "conf"}).err, "was not read"));
}

TEST_CASE("only paths that browsers take are looked for below each other") {
  const auto says_below = [](std::size_t size) {
    TestWorld world = world_with(
        "a.hcl", "service \"odata\" {\n  base_path = \"/a\"\n}\nservice \"wfs\" {\n  base_path = \"/a/" +
                     std::string(size - 3, 'b') + "\"\n}\n");
    return contains(run_in(world, {"validate", "a.hcl"}).out, "error[H1111]");
  };
  CHECK(says_below(2048));
  CHECK_FALSE(says_below(2049));
}

TEST_CASE("a file with nothing in it is an error in the honua dialect only") {
  for (const std::string content : {"", " \t\r\n\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    TestWorld world = world_with("a.hcl", content);
    CHECK(contains(run_in(world, {"validate", "--expressions-only", "a.hcl"}).out, "error[H0004]"));
    CHECK(run_in(world, {"validate", "--expressions-only", "--dialect=hcl", "a.hcl"}).code == ExitCode::done);
  }
  TestWorld comment = world_with("a.hcl", "# nothing yet\n");
  CHECK(run_in(comment, {"validate", "--expressions-only", "a.hcl"}).code == ExitCode::done);
  TestWorld json = world_with("a.hcl.json", "\n");
  const RunResult result = run_in(json, {"validate", "--expressions-only", "--format=concise", "a.hcl.json"});
  CHECK(contains(result.out, "H0004"));
  CHECK_FALSE(contains(result.out, "H0050"));
  CHECK(
      contains(run_in(json, {"validate", "--expressions-only", "--dialect=hcl", "a.hcl.json"}).out, "H0050"));
}

TEST_CASE("a byte order mark is doubtful in the honua dialect only") {
  TestWorld world = world_with("a.hcl",
                               "\xEF\xBB\xBF"
                               "a = 1\n");
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--format=concise", "a.hcl"});
  CHECK(result.out.starts_with("a.hcl:1:1: warning[H0117 "));
  CHECK(run_in(world, {"validate", "--expressions-only", "--dialect=hcl", "a.hcl"}).out.empty());
}

TEST_CASE("--syntax-only checks no values and says so") {
  TestWorld world = world_with("a.hcl", "a = 1 + \"x\"\n");
  CHECK(run_in(world, {"validate", "--expressions-only", "a.hcl"}).code == ExitCode::findings);
  const RunResult result = run_in(world, {"validate", "--syntax-only", "a.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.err, "note: only the syntax was checked"));
}

TEST_CASE("environment variables that are not set are named once, without any value") {
  TestWorld world = world_with(
      "a.hcl", "a = env(\"UNSET_ONE\")\nb = \"${env:UNSET_TWO}${env(\"UNSET_ONE\")}\"\nc = env(\"SET\")\n");
  world.environment = {{"SET", "token-4711"}};
  const RunResult result = run_in(world, {"validate", "--expressions-only", "a.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(
      result.err,
      "note: 2 environment variables are not set here and were taken as unknown: UNSET_ONE, UNSET_TWO\n"));
  CHECK_FALSE(contains(result.err + result.out, "token-4711"));
}

TEST_CASE("--env list lists every environment variable with its state and first place") {
  TestWorld world =
      world_with("a.hcl",
                 "a = env(\"UNSET\")\nb = \"${env:UNSET}\"\nc = env(\"SET\")\n"
                 "d = env(\"OPEN\", 1)\ne = env(\"EMPTY\")\nf = true ? 1 : env(\"UNCHOSEN\")\n");
  world.environment = {{"SET", "token-4711"}, {"EMPTY", ""}};
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--env=list", "a.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.err,
                 "environment variables:\n"
                 "  EMPTY     set, but empty          a.hcl:5:5\n"
                 "  OPEN      not set, has a default  a.hcl:4:5\n"
                 "  SET       set                     a.hcl:3:5\n"
                 "  UNCHOSEN  not set, not needed     a.hcl:6:16\n"
                 "  UNSET     not set                 a.hcl:1:5 and 1 other place\n"));
  CHECK_FALSE(contains(result.err, "note: 1 environment"));
  CHECK_FALSE(contains(result.err + result.out, "token-4711"));
  TestWorld none = world_with("a.hcl", "a = 1\n");
  CHECK(contains(run_in(none, {"validate", "--expressions-only", "--env=list", "a.hcl"}).err,
                 "environment variables: none\n"));
}

TEST_CASE("--env require makes each variable that a value needs an error at its first place") {
  TestWorld world =
      world_with("a.hcl",
                 "a = env(\"X\", 1)\nb = env(\"X\")\nc = [env(\"X\"), env(\"Y\"), env(\"SET\")]\n"
                 "f = true ? 1 : env(\"UNCHOSEN\")\n");
  world.environment = {{"SET", "token-4711"}};
  const RunResult result =
      run_in(world, {"validate", "--expressions-only", "--env", "require", "--format", "concise", "a.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(result.out ==
        "a.hcl:2:5: error[H0111 environment-variable-not-set]: the environment variable `X` is not set\n"
        "a.hcl:3:16: error[H0111 environment-variable-not-set]: the environment variable `Y` is not set\n");
  CHECK_FALSE(contains(result.err,
                       "note: "
                       "2 environment"));
  const RunResult plain = run_in(world, {"validate", "--expressions-only", "a.hcl"});
  CHECK(plain.code == ExitCode::done);
  CHECK(plain.out.empty());
}

TEST_CASE("the JSON report lists the environment variables") {
  TestWorld world = world_with("a.hcl", "a = env(\"X\", 1)\n");
  world.environment = {{"X", "token-4711"}};
  const RunResult result = run_in(world, {"validate", "--expressions-only", "--format=json", "a.hcl"});
  CHECK(contains(result.out, "\"name\": \"X\",\n      \"set\": true,\n      \"has_default\": true,\n"));
  CHECK_FALSE(contains(result.err + result.out, "token-4711"));
}

TEST_CASE("remarks on an overlay show both places") {
  TestWorld world;
  world.files.add("conf/honua.hcl",
                  "honua {\n  version = \"1.0\"\n  environment = \"development\"\n}\n"
                  "layer \"roads\" {\n  title = \"Roads\"\n}\n");
  world.files.add("conf/honua.staging.hcl",
                  "honua {\n  version = \"1.0\"\n  environment = \"staging\"\n}\n"
                  "layer \"raods\" {\n  title = \"Roads (staging)\"\n}\n");
  const RunResult result = run_in(world, {"validate", "--environment", "staging", "conf"});
  CHECK(contains(result.out, R"(warning[H0120]: `version` has this value without the overlay, too
 --> conf/honua.staging.hcl:2:13
  |
2 |   version = "1.0"
  |             ^^^^^
  |
 ::: conf/honua.hcl:2:13
  |
2 |   version = "1.0"
  |             ----- here
  |
  = help: remove it: an overlay needs to hold only what differs
)"));
  CHECK(contains(result.out,
                 R"(warning[H0120]: there is no `layer.raods` to lay this over: it is a block of its own
 --> conf/honua.staging.hcl:5:7
  |
5 | layer "raods" {
  |       ^^^^^^^
  |
  = help: did you mean `roads`?
)"));
}

TEST_CASE("the report is coloured as the option, the variables and the terminal say") {
  struct Rule {
    std::vector<std::string> options;
    std::map<std::string, std::string> variables;
    bool on_terminal;
    bool colored;
  };
  const std::vector<Rule> rules = {
      {{}, {}, true, true},
      {{}, {}, false, false},
      {{"--color=always"}, {}, false, true},
      {{"--color=always"}, {{"NO_COLOR", "1"}, {"TERM", "dumb"}}, false, true},
      {{"--color=never"}, {{"CLICOLOR_FORCE", "1"}}, true, false},
      {{"--color=auto"}, {}, true, true},
      {{}, {{"NO_COLOR", "1"}}, true, false},
      {{}, {{"NO_COLOR", ""}}, true, true},
      {{}, {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}, true, false},
      {{}, {{"CLICOLOR_FORCE", "1"}}, false, true},
      {{}, {{"CLICOLOR_FORCE", "0"}}, false, false},
      {{}, {{"CLICOLOR_FORCE", ""}}, false, false},
      {{}, {{"FORCE_COLOR", "3"}}, false, true},
      {{}, {{"FORCE_COLOR", "1"}, {"TERM", "dumb"}}, false, true},
      {{}, {{"CLICOLOR", "0"}}, true, false},
      {{}, {{"CLICOLOR", "1"}}, true, true},
      {{}, {{"TERM", "dumb"}}, true, false},
  };
  for (const Rule& rule : rules) {
    TestWorld world = world_with("a.hcl", "a = \n");
    world.environment = rule.variables;
    world.out_is_terminal = rule.on_terminal;
    std::vector<std::string> arguments = {"validate", "--expressions-only", "a.hcl"};
    arguments.insert(arguments.end(), rule.options.begin(), rule.options.end());
    CAPTURE(&rule - rules.data());
    CHECK(contains(run_in(world, arguments).out, "\x1b[") == rule.colored);
    arguments.emplace_back("--format=json");
    CHECK_FALSE(contains(run_in(world, arguments).out, "\x1b"));
    arguments.back() = "--format=concise";
    CHECK_FALSE(contains(run_in(world, arguments).out, "\x1b"));
  }
}

TEST_CASE("names of files are printed without their control characters and broken bytes") {
  const std::string name = "a\x1b]0;title\x07\xFF\n.hcl";
  TestWorld world = world_with(name, "a = \n");
  for (const std::string format : {"human", "concise", "json"}) {
    const RunResult result =
        run_in(world, {"validate", "--expressions-only", "--format", format, name, "gone\x1b.hcl"});
    CAPTURE(format);
    CHECK(result.code == ExitCode::failure);
    for (const char* bad : {"\x1b", "\x07", "\xFF"}) CHECK_FALSE(contains(result.out + result.err, bad));
    CHECK(contains(result.out, "u{1b}]0;title"));
    CHECK(contains(result.err, "gone\\u{1b}.hcl"));
  }
}

TEST_CASE("findings that are not kept count for the exit code, and their number is told") {
  std::string text;
  for (std::size_t i = 0; i < diagnostics::max_diagnostics + 5; ++i)
    text += "\"a" + std::to_string(i) + "\" = 1\n";
  TestWorld world = world_with("a.hcl", text);
  const RunResult warnings = run_in(world, {"validate", "--expressions-only", "--format=concise", "a.hcl"});
  CHECK(warnings.code == ExitCode::done);
  CHECK(contains(warnings.err, "5 more not shown"));
  const RunResult errors =
      run_in(world, {"validate", "--expressions-only", "--format=concise", "--fail-on=warning", "a.hcl"});
  CHECK(errors.code == ExitCode::findings);
}

TEST_CASE("a note names twenty variables and counts the others") {
  std::string text;
  for (char c = 'a'; c <= 'y'; ++c) text += std::string(1, c) + " = env(\"UNSET_" + c + "\")\n";
  TestWorld world = world_with("a.hcl", text);
  const std::string err = run_in(world, {"validate", "--expressions-only", "a.hcl"}).err;
  CHECK(contains(err, "note: 25 environment variables are not set here"));
  CHECK(contains(err, "UNSET_s, UNSET_t and 5 more\n"));
}

TEST_CASE("names of variables longer than their column push nothing aside, endless ones are cut") {
  const std::string wide(41, 'W');
  TestWorld world = world_with(
      "a.hcl", "a = env(\"A\")\nb = env(\"" + wide + "\")\nc = env(\"" + std::string(100'000, 'X') + "\")\n");
  const std::string err = run_in(world, {"validate", "--expressions-only", "--env=list", "a.hcl"}).err;
  CHECK(contains(err, "  A" + std::string(39, ' ') + "  not set  a.hcl:1:5\n"));
  CHECK(contains(err, "  " + wide + "  not set  a.hcl:2:5\n"));
  CHECK(err.size() < 5'000);
  CHECK(run_in(world, {"validate", "--expressions-only", "a.hcl"}).err.size() < 5'000);
}

TEST_CASE("what was not checked is told") {
  TestWorld world;
  world.files.add("c/honua.hcl", "honua {\n  version = \"1.0\"\n}\n");
  world.files.add("c/honua.production.hcl", "honua {\n  environment = \"production\"\n}\n");
  world.files.add("c/services/a.hcl", "");
  const auto err = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "validate");
    return run_in(world, std::move(arguments)).err;
  };
  CHECK(
      contains(err({"c"}),
               "note: `c/honua.production.hcl` was not checked: `--environment production` lays it over\n"));
  CHECK(contains(err({"c"}), "note: `c/services` has configuration files that were not read: name it too\n"));
  CHECK_FALSE(contains(err({"--environment", "production", "c"}), "was not checked"));
  CHECK(contains(err({"--environment", "prod", "c"}),
                 "note: the environment `prod` has no overlay here; there are overlays for `production`\n"));
  CHECK(contains(err({"c/honua.production.hcl"}),
                 "note: `c/honua.production.hcl` was not laid over the base file beside it"));
  for (const char* name : {"a", "b", "d", "e", "f", "g"})
    world.files.add(std::string("c/honua.") + name + ".hcl", "");
  CHECK(contains(err({"c"}), "note: there are more such overlays: 2\n"));
  world.files.add(".honua.hcl", "tool \"validate\" {\n  environment = \"production\"\n}\n");
  CHECK_FALSE(contains(err({"c"}), "honua.production.hcl` was not checked"));
  CHECK(contains(err({"--environment", "a", "c"}), "there are more such overlays: 1"));
}

TEST_CASE("findings that are only counted are ignored with the file's others, or told of in a sentence") {
  std::string text = "# honua:ignore-file H0011 why\nhonua {\n";
  for (std::size_t i = 0; i < diagnostics::max_diagnostics + 5; ++i)
    text += "  x" + std::to_string(i) + " = 1\n";
  TestWorld world;
  world.files.add("a.hcl", text + "}\n");
  const RunResult all = run_in(world, {"validate", "--ignore", "H10", "a.hcl"});
  CHECK(all.code == ExitCode::done);
  CHECK(contains(all.err, "checked 1 file: nothing found, 10000 ignored by comments"));
  world.files.add("b.hcl", "# honua:ignore H0011 why\n" + text.substr(text.find('\n') + 1) + "}\n");
  CHECK(contains(run_in(world, {"validate", "--ignore", "H10", "b.hcl"}).err,
                 "checked 1 file: 5 more not shown, 10000 ignored"));
}

}  // namespace honua::commands
