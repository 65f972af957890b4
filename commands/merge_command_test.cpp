// SPDX-License-Identifier: MIT
// Each folder in testdata/merge is a case: base.hcl, ours.hcl and theirs.hcl
// are merged with the arguments of `args`, one a line, into `stdout`; what is
// said of it is `stderr`. The exit code is in `exit`, or 1 for fail- and 0 for
// others.
#include "commands/merge_command.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"

namespace honua::commands {

using cli::contains;
using cli::replaced;
using cli::run_in;
using cli::RunResult;
using cli::TestWorld;

namespace {

std::string text_in(const TestWorld& world, const std::string& path) {
  return world.files.read_file(path, 1 << 20).value().to_string();
}

TestWorld world_of(const std::string& base, const std::string& ours, const std::string& theirs) {
  TestWorld world;
  world.files.add("base.hcl", base);
  world.files.add("ours.hcl", ours);
  world.files.add("theirs.hcl", theirs);
  return world;
}

RunResult merge_in(TestWorld& world, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), "merge");
  for (const char* file : {"base.hcl", "ours.hcl", "theirs.hcl"}) arguments.emplace_back(file);
  return run_in(world, std::move(arguments));
}

// Secrets wherever a text may stand.
constexpr std::string_view secrets_text = R"(data_source "db" {
  connection = "VALUE"
}
service "VALUE" {
}
layer "a" {
  x = { "VALUE" = 1 }
}
)";

// The same, of which each side says something else.
constexpr std::string_view label_text = R"(layer "VALUE" {
  a = "SIDE"
  b = { "VALUE" = "SIDE" }
}
)";

}  // namespace

TEST_CASE("every case of merging gives what is beside it") {
  const std::string folder = HONUA_SOURCE_DIR "/testdata/merge/";
  const auto names = RealFileSystem().list_directory(folder).value();
  CHECK(names.size() >= 8);
  for (const std::string& name : names) {
    CAPTURE(name);
    const WorkingDirectory in_directory(folder + name);
    std::vector<std::string> arguments = {"merge"};
    for (const std::string& one : golden::lines_of(read_golden("args").value_or("")))
      arguments.push_back(one);
    for (const char* file : {"base.hcl", "ours.hcl", "theirs.hcl"}) arguments.emplace_back(file);
    RealFileSystem files;
    const RunResult result = cli::run_with(files, {}, arguments);
    check_golden("stdout", result.out);
    check_golden("stderr", result.err);
    const auto exit = read_golden("exit");
    CHECK(static_cast<int>(result.code) == (exit ? std::atoi(exit->c_str()) : golden::default_exit(name)));
  }
}

TEST_CASE("the result goes to standard output or into a file") {
  TestWorld world = world_of("a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 1\nb = 2\n");
  const RunResult printed = merge_in(world);
  CHECK(printed.code == ExitCode::done);
  CHECK(printed.out == "a = 2\nb = 2\n");
  CHECK(printed.err.empty());
  const RunResult written = merge_in(world, {"-o", "out.hcl"});
  CHECK(written.out.empty());
  CHECK(text_in(world, "out.hcl") == "a = 2\nb = 2\n");
  CHECK(text_in(world, "ours.hcl") == "a = 2\nb = 1\n");
}

TEST_CASE("one of the files can be standard input") {
  TestWorld world = world_of("a = 1\nb = 1\n", "a = 2\nb = 1\n", "");
  world.input = "a = 1\nb = 2\n";
  CHECK(run_in(world, {"merge", "base.hcl", "ours.hcl", "-"}).out == "a = 2\nb = 2\n");
  const RunResult two = run_in(world, {"merge", "base.hcl", "-", "-"});
  CHECK(two.code == ExitCode::usage);
  CHECK(two.err == "error: only one of the files can be standard input\n");
}

TEST_CASE("conflicts are written, named on standard error, and make the exit code 1") {
  TestWorld world = world_of("b {\n  a = 1\n}\n", "b {\n  a = 2\n}\n", "b {\n  a = 3\n}\n");
  const RunResult result = merge_in(world, {"--output=out.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(result.err == "note: out.hcl:2: conflict in `b.a`: both sides changed it\n");
  CHECK(contains(text_in(world, "out.hcl"), "<<<<<<< ours\n  a = 2\n=======\n  a = 3\n>>>>>>> theirs\n"));
}

TEST_CASE("as a driver of git the result is written into ours") {
  TestWorld world = world_of("a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 1\nb = 2\n");
  const RunResult result = merge_in(world, {"--git-driver", "--marker-size", "7", "--path-name=conf/x.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.empty());
  CHECK(text_in(world, "ours.hcl") == "a = 2\nb = 2\n");
  CHECK(merge_in(world, {"--git-driver", "-o", "x"}).code == ExitCode::usage);
  CHECK(run_in(world, {"merge", "--git-driver", "base.hcl", "-", "theirs.hcl"}).code == ExitCode::usage);
}

TEST_CASE("files with syntax errors are merged by the driver only, as text") {
  TestWorld world = world_of("a = 1\n", "a = 2\n", "a = [\n");
  const RunResult refused = merge_in(world, {"-o", "out.hcl"});
  CHECK(refused.code == ExitCode::failure);
  CHECK(contains(refused.err, "--> theirs.hcl:"));
  CHECK(contains(refused.err, "error: nothing was written: files with syntax errors are not merged\n"));
  CHECK_FALSE(world.files.exists("out.hcl"));
  const RunResult driven = merge_in(world, {"--git-driver", "--path-name=x.hcl"});
  CHECK(driven.code == ExitCode::findings);
  CHECK(driven.err ==
        "note: x.hcl: merged as text because of syntax errors in theirs\n"
        "note: x.hcl:1: conflict: the files were merged as text\n");
  CHECK(text_in(world, "ours.hcl") == "<<<<<<< ours\na = 2\n=======\na = [\n>>>>>>> theirs\n");
}

TEST_CASE("JSON is merged by the driver only, as text") {
  TestWorld world = world_of("{}", "{}", "{ }");
  const RunResult refused = merge_in(world, {"--path-name=a.hcl.json"});
  CHECK(refused.code == ExitCode::failure);
  CHECK(refused.err ==
        "error: a.hcl.json: JSON is not merged by address\n  help: `git merge-file` merges line by line\n");
  const RunResult driven = merge_in(world, {"--path-name=a.json", "--git-driver"});
  CHECK(driven.code == ExitCode::done);
  CHECK(driven.err == "note: a.json: JSON was merged as text\n");
  CHECK(text_in(world, "ours.hcl") == "{ }");
  world.files.add("x.json", "{}");
  CHECK(run_in(world, {"merge", "x.json", "x.json", "x.json"}).code == ExitCode::failure);
}

TEST_CASE("what cannot be read or written is a failure") {
  TestWorld world = world_of("a = 1\n", "a = 1\n", "a = 2\n");
  world.files.add_unreadable("secret.hcl", "permission denied");
  world.files.add_pipe("pipe", "");
  const RunResult result = run_in(world, {"merge", "missing.hcl", "secret.hcl", ""});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.err ==
        "error: missing.hcl: no such file or directory\nerror: secret.hcl: permission denied\n"
        "error: : the path is empty\n");
  const RunResult unwritable = merge_in(world, {"-o", "pipe"});
  CHECK(unwritable.code == ExitCode::failure);
  CHECK(unwritable.err == "error: cannot write `pipe`: is not a regular file\n");
}

TEST_CASE("markers have a size within bounds and labels of one line") {
  TestWorld world = world_of("a = 1\n", "a = 2\n", "a = 3\n");
  for (const std::string given : {"0", "201", "-1", "x", "7x", "99999999999999999999"}) {
    CAPTURE(given);
    const RunResult refused = merge_in(world, {"--marker-size=" + given});
    CHECK(refused.code == ExitCode::usage);
    CHECK(contains(refused.err, "option `--marker-size` needs a number from 1 to 200"));
  }
  CHECK(merge_in(world, {"--marker-size=200"}).out.starts_with(std::string(200, '<') + " ours\n"));
  CHECK(contains(merge_in(world, {"--ours-label=a\nb"}).out, "<<<<<<< a\\u{a}b\n"));
}

TEST_CASE("a merge without three files is wrong usage") {
  CHECK(cli::run_words({"merge", "a.hcl", "b.hcl"}).code == ExitCode::usage);
  CHECK(cli::run_words({"merge", "a.hcl", "b.hcl", "c.hcl", "d.hcl"}).code == ExitCode::usage);
}

TEST_CASE("what merging says of files shows nothing that is in them") {
  const std::string secret = "hunter2hunter2";
  TestWorld world =
      world_of("b {\n  password = \"" + secret + "0\"\n}\n", "b {\n  password = \"" + secret + "1\"\n}\n",
               "b {\n  password = \"" + secret + "2\"\n}\n");
  const RunResult result = merge_in(world, {"-o", "out.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK_FALSE(contains(result.out + result.err, "hunter2"));
  world.files.add("theirs.hcl", "password = \"" + secret + "\" x\n");
  CHECK_FALSE(contains(merge_in(world).err, "hunter2"));
}

TEST_CASE("no message of a merge holds a secret of its files, whatever goes wrong") {
  std::mt19937 random(std::random_device{}());
  for (const std::string shape :
       {"Host=a;Password=*", "postgresql://me:*@db/x", "Server=a;Pwd=*;SslMode=Disable"}) {
    std::vector<std::string> tokens;
    const auto value = [&] {
      tokens.push_back("pw" + std::to_string(random()) + std::to_string(random()));
      std::string made = shape;
      return made.replace(made.find('*'), 1, tokens.back());
    };
    const auto side = [&] { return replaced(secrets_text, "VALUE", value()); };
    const std::string path = value();
    TestWorld world = world_of(side(), side(), side());
    // Blocks and members whose names are secrets, changed on both sides.
    const std::string label = value();
    for (const char* name : {"base", "ours", "theirs"})
      world.files.add(std::string("label_") + name + ".hcl",
                      replaced(replaced(label_text, "VALUE", label), "SIDE", name));
    world.files.add("broken.hcl", side() + "layer \"" + value() + "\n");
    world.files.add("broken.json", "{\"a\": \"" + value());
    const std::vector<std::vector<std::string>> runs = {
        {"base.hcl", "ours.hcl", "theirs.hcl"},
        {"base.hcl", "ours.hcl", "theirs.hcl", "--diff3"},
        {"label_base.hcl", "label_ours.hcl", "label_theirs.hcl"},
        {"base.hcl", "broken.hcl", "theirs.hcl"},
        {"base.hcl", "ours.hcl", "broken.json"},
        {"base.hcl", "ours.hcl", path},
        {"base.hcl", "ours.hcl", "theirs.hcl", "-o", path + "/x"},
        {"base.hcl", "ours.hcl", "theirs.hcl", "--marker-size", path},
        {"base.hcl", "ours.hcl", "theirs.hcl", "--path-name", path},
        {"base.hcl", "ours.hcl", "theirs.hcl", path},
        {"--git-driver", "base.hcl", "broken.hcl", "theirs.hcl"},
        {"--git-driver", "base.hcl", "ours.hcl", "broken.json"}};
    for (std::vector<std::string> words : runs) {
      words.insert(words.begin(), "merge");
      CAPTURE(words.back());
      const RunResult result = run_in(world, words);
      CHECK_FALSE(result.err.empty());
      for (const std::string& token : tokens) CHECK_FALSE(contains(result.err, token));
    }
  }
}

TEST_CASE("merge tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/merge-help.txt", cli::run_words({"merge", "--help"}).out);
}

}  // namespace honua::commands
