// SPDX-License-Identifier: MIT
#include "commands/init_command.h"

#include <doctest/doctest.h>

#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/scratch_directory.h"
#include "cli/testing.h"

namespace honua::commands {

namespace {

using cli::contains;
using cli::RunResult;

constexpr const char* city = HONUA_SOURCE_DIR "/examples/city.gpkg";

// As on a terminal, where somebody answers.
RunResult run_on_terminal(FileSystem& files, std::vector<std::string> words, const std::string& answer) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in(answer);
  const MapEnvironment environment(std::map<std::string, std::string>{});
  const FixedClock clock(cli::test_time);
  CommandEnv env{out, err, in, files, environment, clock};
  env.err_is_terminal = true;
  env.in_is_terminal = true;
  const ExitCode code = cli::run(std::move(words), env, all_commands());
  return RunResult{code, out.str(), err.str()};
}

}  // namespace

TEST_CASE("each template is in canonical style, and sound to the last hint") {
  for (const InitTemplate& one : init_templates()) {
    CAPTURE(one.name);
    const std::string name(one.name);
    cli::TestWorld world;
    world.files.add_directory(".");
    const RunResult made = cli::run_in(world, {"init", "--template", name});
    CHECK(made.code == ExitCode::done);
    CHECK(made.out.empty());
    CHECK(made.err ==
          "note: wrote `honua.config.hcl`: `honua validate` checks it, also against the database with "
          "`--full`\n");
    CHECK(cli::run_in(world, {"fmt", "--check"}).code == ExitCode::done);
    const RunResult checked = cli::run_in(world, {"validate", "--fail-on", "info"});
    CHECK(checked.code == ExitCode::done);
    CHECK_MESSAGE(contains(checked.err, "nothing found"), (checked.out + checked.err));
    CHECK(cli::run_in(world, {"init", "-t", name, "-o", "-"}).out == one.text);
  }
}

TEST_CASE("names that Honua's own command line has are taken, and others are told") {
  cli::TestWorld world;
  world.files.add_directory(".");
  CHECK(cli::run_in(world, {"config", "init:v2", "-t", "prod", "-o", "-"}).out == init_templates()[1].text);
  CHECK(cli::run_in(world, {"init", "-t", "basic", "-o", "-"}).out == init_templates()[0].text);
  CHECK(cli::run_in(world, {"init", "-o", "-"}).out == init_templates()[0].text);
  const RunResult unknown = cli::run_in(world, {"init", "-t", "producton"});
  CHECK(unknown.code == ExitCode::usage);
  CHECK(contains(unknown.err, "did you mean `production`?"));
  CHECK(cli::run_in(world, {"init", "a", "b"}).code == ExitCode::usage);
}

TEST_CASE("a configuration that is there is kept, unless it is to be replaced") {
  cli::TestWorld world;
  world.files.add_directory(".");
  CHECK(cli::run_in(world, {"init"}).code == ExitCode::done);
  const RunResult again = cli::run_in(world, {"init", "-t", "test"});
  CHECK(again.code == ExitCode::failure);
  CHECK(again.err ==
        "error: `honua.config.hcl` is there already\n  help: name another file with `--output`, or replace "
        "it with "
        "`--force`\n");
  CHECK(*world.files.read_file("honua.config.hcl", 10'000) == init_templates()[0].text);
  CHECK(cli::run_in(world, {"init", "-t", "test", "--force"}).code == ExitCode::done);
  CHECK(*world.files.read_file("honua.config.hcl", 10'000) == init_templates()[2].text);
}

TEST_CASE(
    "with a database its layers stand where the examples would, and all of it agrees with the database") {
  RealFileSystem files;
  for (const InitTemplate& one : init_templates()) {
    CAPTURE(one.name);
    const ScratchDirectory scratch;
    const std::string file = scratch.file("honua.config.hcl");
    const RunResult made = cli::run_with(files, {}, {"init", city, "-t", std::string(one.name), "-o", file});
    CHECK(made.code == ExitCode::done);
    CHECK(contains(made.err, "note: GeoPackage 1.3, city.gpkg: 5 layers\n"));
    CHECK(contains(made.err, "the server takes the connection from the environment variable `DATABASE_URL`"));
    const std::string text(files.read_file(file, 100'000)->view());
    CHECK(contains(text, "layer \"trees\" {"));
    CHECK_FALSE(contains(text, "city.gpkg\""));
    const std::map<std::string, std::string> variables = {
        {"DATABASE_URL", std::string("Data Source=") + city}, {"REDIS_URL", "redis.example.org:6379"}};
    CHECK(cli::run_with(files, variables, {"fmt", "--check", file}).code == ExitCode::done);
    const RunResult checked = cli::run_with(files, variables, {"validate", "--full", file});
    CHECK_MESSAGE(checked.code == ExitCode::done, checked.out);
  }
}

TEST_CASE("a database that cannot be read leaves nothing behind, and shows no password") {
  RealFileSystem files;
  const ScratchDirectory scratch;
  const std::string file = scratch.file("honua.config.hcl");
  const RunResult made = cli::run_with(
      files, {}, {"init", "postgresql://me:S3CR3T@127.0.0.1:1/x?connect_timeout=1", "-o", file});
  CHECK(made.code == ExitCode::failure);
  CHECK_FALSE(contains(made.err, "S3CR3T"));
  CHECK(contains(made.err, "`honua init` without a connection writes examples in place of layers"));
  CHECK_FALSE(files.exists(file));
}

TEST_CASE("on a terminal it asks which database to serve") {
  RealFileSystem files;
  const ScratchDirectory scratch;
  const std::string file = scratch.file("honua.config.hcl");
  const RunResult none = run_on_terminal(files, {"init", "-o", file}, "\n");
  CHECK(none.code == ExitCode::done);
  CHECK(none.err.starts_with("The database to serve: a file, a URL, a connection string or env(\"NAME\")"));
  CHECK(files.read_file(file, 10'000)->view() == init_templates()[0].text);
  const RunResult some = run_on_terminal(files, {"init", "-o", file, "-f"}, std::string("  ") + city + " \n");
  CHECK(some.code == ExitCode::done);
  CHECK(contains(files.read_file(file, 100'000)->view(), "layer \"trees\" {"));
  // Who has named one is not asked.
  CHECK_FALSE(contains(run_on_terminal(files, {"init", city, "-o", "-"}, "").err, "> "));
}

}  // namespace honua::commands
