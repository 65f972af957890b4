// SPDX-License-Identifier: MIT
#include "commands/completion.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/completion_values.h"
#include "commands/roads_for_test.h"

namespace honua::commands {

namespace {

using Words = std::vector<std::string>;

// Lines as `honua __complete words` prints them for a command line whose last word is being written.
Words lines_of(cli::TestWorld& world, Words words) {
  words.insert(words.begin(), {"__complete", "words", std::to_string(words.size()), "honua"});
  const cli::RunResult result = cli::run_in(world, std::move(words));
  CHECK(result.code == ExitCode::done);
  CHECK(result.err.empty());
  std::istringstream lines(result.out);
  Words all;
  for (std::string one; std::getline(lines, one);) all.push_back(one);
  return all;
}

Words lines_of(Words words) {
  cli::TestWorld world;
  return lines_of(world, std::move(words));
}

bool has(const Words& lines, const std::string& wanted) {
  return std::ranges::find(lines, wanted) != lines.end();
}

cli::TestWorld world_with_layers() {
  cli::TestWorld world;
  world.files.add(
      "honua.hcl",
      "layer \"city-roads\" {\n  title = \"Roads\"\n}\nlayer \"old.town\" {}\nservice \"wfs\" {}\n"
      "data_source \"db-1\" {}\ncache \"redis\" {}\nnothing \"x\" {}\nhonua {}\n");
  return world;
}

}  // namespace

TEST_CASE("commands are completed with what they do, those of Honua's own command line, too") {
  CHECK(lines_of({"va"}) == Words{"validate\tcheck configuration files", ":none"});
  CHECK(lines_of({"config", "i"}) == Words{"init:v2\twrite a configuration to begin with",
                                           "introspect\twrite the configuration that serves a database",
                                           ":none"});
  CHECK(lines_of({"help", "exp"}).size() == 3);
  CHECK(has(lines_of({""}), "help\ttell about a command"));
  CHECK(lines_of({"--v"}) == Words{"--version\tprint the version and exit", ":none"});
  CHECK(lines_of({"nothing", ""}) == Words{":none"});
}

TEST_CASE("options are completed that are not there yet, or may be repeated") {
  CHECK(lines_of({"show", "--no"}) == Words{"--no-defaults\tleave out what nobody wrote", ":none"});
  CHECK(lines_of({"show", "--no-defaults", "--no"}) == Words{":none"});
  CHECK(lines_of({"validate", "--rule", "H2006=off", "--rul"}).size() == 2);
  CHECK(has(lines_of({"validate", "-"}), "--help\tprint this help and exit"));
  // Behind `--` there are none.
  CHECK(lines_of({"validate", "--", "--"}) == Words{":files"});
}

TEST_CASE("values come from where the option has them") {
  CHECK(lines_of({"validate", "--format", "js"}) == Words{"json", "jsonl", ":none"});
  CHECK(lines_of({"validate", "--format=js"}) == Words{"--format=json", "--format=jsonl", ":none"});
  CHECK(lines_of({"validate", "--report", "sar"}) == Words{"sarif=", ":none"});
  CHECK(lines_of({"validate", "--report", "sarif=x"}) == Words{":files"});
  CHECK(lines_of({"validate", "--baseline", ""}) == Words{":files"});
  CHECK(lines_of({"validate", "--rule", "H1141=w"}) == Words{"H1141=warning", ":none"});
  CHECK(lines_of({"explain", "layer-names-dis"}) == Words{"layer-names-disabled-service\tH1141", ":none"});
  CHECK(lines_of({"explain", "P1001"}).size() == 2);
  CHECK(has(lines_of({"validate", "--select", "al"}), "all\tevery rule"));
  CHECK(lines_of({"introspect", "--services", "wfs,ogc"}) == Words{"wfs,ogc_api", ":none"});
  CHECK(lines_of({"store", "v"}) == Words{"verify", ":none"});
  CHECK(lines_of({"store", "verify", ""}) == Words{":none"});
  CHECK(lines_of({"lock", "--", "m"}) == Words{":programs"});
  CHECK(lines_of({"lock", "--", "make", ""}) == Words{":files"});
  CHECK(lines_of({"history", "--store", "red"}) ==
        Words{"redis://\tRedis", "rediss://\tRedis, by TLS", ":none"});
  CHECK(lines_of({"watch", "--exec", ""}) == Words{":programs"});
}

TEST_CASE(
    "addresses are those of the configuration that is there, with titles, and quoted where they have to be") {
  cli::TestWorld world = world_with_layers();
  CHECK(lines_of(world, {"show", "--only", "layer"}) ==
        Words{"layer.city-roads\tRoads", "layer[\"old.town\"]", ":none"});
  CHECK(lines_of(world, {"show", "--only", ""}).size() == 7);
  CHECK(lines_of(world, {"plan", "--moved", "service.w"}) == Words{"service.wfs=", ":none"});
  CHECK(lines_of(world, {"plan", "--moved", "service.wfs=data"}) ==
        Words{"service.wfs=data_source.db-1", ":none"});
  CHECK(has(lines_of(world, {"plan", "--level", "layer.city-roads="}), "layer.city-roads=risky"));
  world.files.add("other.hcl", "layer \"other\" {}\n");
  CHECK(lines_of(world, {"show", "other.hcl", "--only", "layer"}) == Words{"layer.other", ":none"});
  world.files.add("honua.hcl", "layer \"broken\" {\n  title = \n}\nlayer \"whole\" {}\n");
  CHECK(has(lines_of(world, {"show", "--only", "layer"}), "layer.whole"));
}

TEST_CASE(
    "a configuration that takes too long to read has no addresses, and titles are no place for tricks") {
  cli::TestWorld world;
  world.files.add("honua.hcl", "layer \"a\" {\n  title = \"\x1b[31mred\"\n}\n");
  CHECK(lines_of(world, {"show", "--only", "layer"}).front().find('\x1b') == std::string::npos);
  world.files.add("honua.hcl", "layer \"a\" {}\n" + std::string(max_completed_size, '#'));
  CHECK(lines_of(world, {"show", "--only", "layer"}) == Words{":none"});
}

TEST_CASE("environments are those that have overlays") {
  cli::TestWorld world = world_with_layers();
  world.files.add("honua.production.hcl", "honua {}\n");
  CHECK(lines_of(world, {"validate", "--environment", ""}) ==
        Words{"production\thonua.production.hcl", ":none"});
}

TEST_CASE("versions are those of a store in a directory, and Redis is not asked") {
  RealFileSystem files;
  const ScratchDirectory scratch;
  const std::string store = "dir:" + scratch.file("store");
  scratch.write("honua.hcl", std::string(roads_for_test));
  REQUIRE(cli::run_with(files, {{"DATABASE_URL", "x"}},
                        {"publish", scratch.file("honua.hcl"), "--store", store, "--init", "-m", "first"})
              .code == ExitCode::done);
  const auto complete_with = [&](Words words) {
    words.insert(words.begin(), {"__complete", "words", std::to_string(words.size()), "honua"});
    return cli::run_with(files, {}, std::move(words)).out;
  };
  CHECK(complete_with({"rollback", "--store", store, ""}) == "1\tfirst\n:none\n");
  CHECK(complete_with({"pull", "--store=" + store, ""}) == "1\tfirst\n:none\n");
  CHECK(complete_with({"rollback", "--store", store, "1", ""}) == ":none\n");
  CHECK(complete_with({"plan", store + "@"}) ==
        store + "@1\tfirst\n" + store + "@head\tthe newest version\n:none\n");
  CHECK(complete_with({"history", "--store", "dir:" + scratch.file("sto")}) == store + "/\n:none\n");
  CHECK(complete_with({"rollback", "--store", "redis://127.0.0.1:1", ""}) == ":none\n");
}

TEST_CASE("of a line of bash only what it replaces is told") {
  cli::TestWorld world = world_with_layers();
  const auto complete_line = [&](const std::string& line) {
    return cli::run_in(
               world, {"__complete", "bash", "honua", " \t\n\"'@><=;|&(:", std::to_string(line.size()), line})
        .out;
  };
  CHECK(complete_line("honua show --only=layer.c") == "layer.city-roads\tRoads\n:none\n");
  CHECK(complete_line("cd x && LANG=C honua show --only 'layer.c") ==
        "layer.city-roads\tRoads\n:none quoted\n");
  CHECK(complete_line("honua validate ") == ":files\n");
}

TEST_CASE("who asks wrongly is told nothing") {
  for (const Words& words : {Words{"__complete"},
                             {"__complete", "words"},
                             {"__complete", "words", "x", "honua"},
                             {"__complete", "words", "0", "honua"},
                             {"__complete", "tcsh", "1", "honua", ""},
                             {"__complete", "bash", "honua", ":", "x", "honua "},
                             {"__complete", "bash", "honua", ":", "3", "ls "}}) {
    const cli::RunResult result = cli::run_words(words);
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    CHECK(result.err.empty());
  }
}

TEST_CASE("lists that completion has of its own are those that the commands take") {
  for (const auto& [option, line] : {std::pair{"--area", Words{"plan", "--area", ""}},
                                     std::pair{"--contract", Words{"plan", "--contract", ""}}}) {
    for (const std::string& value : lines_of(line)) {
      if (value.starts_with(':')) continue;
      cli::TestWorld world = world_with_layers();
      CHECK(cli::run_in(world, {"plan", "honua.hcl", "honua.hcl", option, value}).code != ExitCode::usage);
    }
  }
  for (const std::string& value : lines_of({"schema", ""})) {
    if (!value.starts_with(':')) CHECK(cli::run_words({"schema", value}).code == ExitCode::done);
  }
}

}  // namespace honua::commands
