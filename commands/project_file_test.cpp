// SPDX-License-Identifier: MIT
#include "commands/project_file.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <ostream>
#include <string>

#include "base/memory_file_system.h"
#include "base/scratch_directory.h"
#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

ProjectFile read(const std::string& text, const std::string& path = ".honua.hcl") {
  MemoryFileSystem files;
  files.add(path, text);
  return read_project_file(path, files);
}

// The one error of a file, with its help.
std::string error_of(const std::string& text) {
  const ProjectFile file = read(text);
  REQUIRE(file.errors.size() == 1);
  return file.errors.front().message + "; " + file.errors.front().help;
}

std::string setting(const std::string& text) { return "tool \"validate\" {\n  " + text + "\n}\n"; }

constexpr std::string_view without_layers =
    "honua {\n  version = \"1.0\"\n  environment = \"development\"\n}\n"
    "data_source \"db\" {\n  provider = \"sqlite\"\n  connection = \"Data Source=a.db\"\n}\n"
    "service \"wfs\" {\n  enabled = true\n}\n";

}  // namespace

TEST_CASE("every setting of the project file is read") {
  const ProjectFile file = read(
      "tool \"validate\" {\n  paths = [\"conf\", \"/srv/more\"]\n  fail_on = \"warning\"\n  env = "
      "\"require\"\n"
      "  target = \"upstream\"\n  instances = 3\n  db_max_connections = 100\n  select = [\"H\"]\n"
      "  ignore = [\"advice\"]\n  rules = { H2006 = \"off\", layer-without-service = \"error\" }\n"
      "  protected = [\"security\"]\n  baseline = \"old.json\"\n  environment = \"production\"\n}\n",
      "../.honua.hcl");
  CHECK(file.errors.empty());
  const ProjectSettings& settings = file.settings;
  CHECK(settings.path == "../.honua.hcl");
  CHECK(settings.paths == std::vector<std::string>{"../conf", "/srv/more"});
  CHECK(settings.fail_on == FailOn::warning);
  CHECK(settings.environment_mode == EnvironmentMode::require);
  CHECK(settings.target == config::Target::upstream);
  CHECK(settings.instances == 3U);
  CHECK(settings.database_connections == 100U);
  CHECK(settings.rules.select == std::vector<std::string>{"H"});
  CHECK(settings.rules.ignore == std::vector<std::string>{"advice"});
  CHECK(settings.rules.levels.size() == 2);
  CHECK(settings.protected_rules == std::vector<std::string>{"security"});
  CHECK(settings.baseline == "../old.json");
  CHECK(settings.environment == "production");
}

TEST_CASE("an empty project file asks for nothing") {
  CHECK(read("").errors.empty());
  CHECK(read("# nothing yet\n").errors.empty());
  CHECK(read("tool \"validate\" {}\n").errors.empty());
}

TEST_CASE("what is wrong in a project file is told with its place") {
  CHECK(error_of(setting("fial_on = \"x\"")) ==
        "`.honua.hcl:2:3`: `tool \"validate\"` has no setting `fial_on`; did you mean `fail_on`?");
  CHECK(error_of(setting("fail_on = \"x\"")) ==
        "`.honua.hcl:2:13`: `fail_on` takes one of `error`, `warning`, `info`, `never`; ");
  CHECK(error_of(setting("target = \"x\"")) == "`.honua.hcl:2:12`: `target` takes `upstream`; ");
  CHECK(error_of(setting("instances = 0")) ==
        "`.honua.hcl:2:15`: `instances` takes a whole number from 1 on; ");
  CHECK(error_of(setting("instances = 1.5")) ==
        "`.honua.hcl:2:15`: `instances` takes a whole number from 1 on; ");
  CHECK(error_of(setting("instances = 99999999999")) ==
        "`.honua.hcl:2:15`: `instances` takes a whole number from 1 on; ");
  CHECK(error_of(setting("ignore = \"all\"")) == "`.honua.hcl:2:12`: `ignore` takes a list of texts; ");
  CHECK(error_of(setting("paths = [1]")) == "`.honua.hcl:2:11`: `paths` takes a list of texts; ");
  CHECK(error_of(setting("paths = [\"\"]")) == "`.honua.hcl:2:11`: `paths` takes a list of texts; ");
  CHECK(error_of(setting("baseline = null")) == "`.honua.hcl:2:14`: `baseline` takes a text; ");
  CHECK(error_of(setting("rules = [1]")) ==
        "`.honua.hcl:2:11`: `rules` takes rules with their levels, such as `{ H2006 = \"off\" }`; ");
  CHECK(error_of(setting("rules = { H2006 = 1 }"))
            .starts_with("`.honua.hcl:2:11`: `rules` takes rules with their levels"));
  CHECK(error_of(setting("environment = \"a/b\"")) ==
        "`.honua.hcl:2:17`: `environment` takes a name such as `production`; ");
  CHECK(error_of(setting("ignore = [\"H2006\",\n \"advise\"]")) ==
        "`.honua.hcl:3:2`: no rule or category is called `advise`; did you mean `advice`?");
  CHECK(error_of(setting("protected = [\"H9999\"]"))
            .starts_with("`.honua.hcl:2:16`: no rule or category is called `H9999`"));
  CHECK(error_of(setting("rules = { H2006 = \"off\", H9999 = \"off\" }"))
            .starts_with("`.honua.hcl:2:28`: there is no rule `H9999`"));
  CHECK(error_of(setting("rules = { \"H2006\" = \"on\" }"))
            .starts_with("`.honua.hcl:2:13`: `on` is no level for `H2006`"));
  CHECK(error_of(setting("rules = { security = \"off\" }")) ==
        "`.honua.hcl:2:13`: there is no rule `security`; a level is for one rule: `honua explain security` "
        "lists them, and `--ignore security` turns all of them off");
  CHECK(error_of(setting("rules = { H2006 = \"off\", service-without-layers = \"error\" }"))
            .starts_with("`.honua.hcl:2:28`: `service-without-layers` is a rule that `rules` has already"));
  CHECK(
      error_of(setting("rules = { H2006 = \"off\", H2006 = \"error\" }")).starts_with("`.honua.hcl:2:28`: "));
  CHECK(error_of(setting("rules {}")) ==
        "`.honua.hcl:2:3`: `tool \"validate\"` has no blocks; write `rules = ...`");
  CHECK(error_of("fail_on = \"error\"\n")
            .starts_with("`.honua.hcl:1:1`: a setting stands outside of `tool \"validate\"`"));
  CHECK(error_of("layer \"a\" {}\n")
            .starts_with("`.honua.hcl:1:1`: only `tool \"validate\"` has settings here"));
  CHECK(error_of("tool \"validate\" {}\ntool \"validate\" {}\n") ==
        "`.honua.hcl:2:1`: `tool \"validate\"` is there twice; join the two blocks");
  CHECK(error_of(setting("fail_on = ")).starts_with("`.honua.hcl:2:"));
  CHECK(error_of(setting("fail_on = nothing")).starts_with("`.honua.hcl:2:13`: "));
}

TEST_CASE("a project file has no access to the environment") {
  cli::TestWorld world;
  world.environment["SECRET"] = "topsecretvalue";
  world.files.add("a.hcl", std::string(without_layers));
  world.files.add(".honua.hcl", setting("fail_on = env(\"SECRET\")"));
  const cli::RunResult result = cli::run_in(world, {"validate", "a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(cli::contains(result.err, "`.honua.hcl:2:13`: `fail_on` depends on an environment variable"));
  CHECK_FALSE(cli::contains(result.out + result.err, "topsecretvalue"));
}

TEST_CASE("a project file that can't be read ends the run") {
  cli::TestWorld world;
  world.files.add("a.hcl", std::string(without_layers));
  const cli::RunResult missing = cli::run_in(world, {"validate", "--project", "no.hcl", "a.hcl"});
  CHECK(missing.code == ExitCode::usage);
  CHECK(cli::contains(missing.err, "error: cannot read `no.hcl`: no such file or directory"));
  world.files.add(".honua.hcl", std::string(max_project_file_size + 1, ' '));
  CHECK(cli::run_in(world, {"validate", "a.hcl"}).code == ExitCode::usage);
  CHECK(cli::run_in(world, {"validate", "--no-project", "a.hcl"}).code == ExitCode::done);
}

TEST_CASE("options count more than the project file") {
  cli::TestWorld world;
  world.files.add("a.hcl", std::string(without_layers));
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"validate", "--format", "concise", "a.hcl"});
    return cli::run_in(world, std::move(arguments));
  };
  world.files.add(".honua.hcl", setting("fail_on = \"info\"\n  rules = { H1030 = \"info\" }"));
  CHECK(cli::contains(run({}).out, "info[H1030"));
  CHECK(run({}).code == ExitCode::findings);
  CHECK(run({"--fail-on", "error"}).code == ExitCode::done);
  CHECK(cli::contains(run({"--rule", "H1030=error"}).out, "error[H1030"));
  CHECK_FALSE(cli::contains(run({"--rule", "H1030=off"}).out, "H1030"));
  CHECK(cli::contains(run({"--no-project"}).out, "warning[H1030"));
}

TEST_CASE("the project's paths stand in for those that are not given") {
  cli::TestWorld world;
  world.files.add("conf/a.hcl", std::string(without_layers));
  world.files.add(".honua.hcl", setting("paths = [\"conf\"]"));
  CHECK(cli::contains(cli::run_in(world, {"validate"}).err, "checked 1 file"));
}

TEST_CASE("the project file is looked for up to the repository's root") {
  const ScratchDirectory scratch;
  const std::string& root = scratch.path();
  std::filesystem::create_directories(root + "/outer/repository/.git");
  std::filesystem::create_directories(root + "/outer/repository/conf/deep");
  RealFileSystem files;
  REQUIRE(files.write_file_atomically(root + "/outer/.honua.hcl", "").has_value());
  {
    const WorkingDirectory deep(root + "/outer/repository/conf/deep");
    CHECK_FALSE(find_project_file(files).has_value());
    REQUIRE(files.write_file_atomically(root + "/outer/repository/.honua.hcl", "").has_value());
    CHECK(find_project_file(files) == "../../.honua.hcl");
    REQUIRE(files.write_file_atomically(root + "/outer/repository/conf/.honua.hcl", "").has_value());
    CHECK(find_project_file(files) == "../.honua.hcl");
  }
  std::filesystem::create_directories(root + "/outer/alone");
  const WorkingDirectory alone(root + "/outer/alone");
  CHECK_FALSE(find_project_file(files).has_value());
}

TEST_CASE("options of each kind count more than the project's setting") {
  cli::TestWorld world;
  world.files.add("conf/a.hcl", std::string(without_layers));
  world.files.add("b.hcl", std::string(without_layers));
  const auto run = [&](const std::string& text, std::vector<std::string> arguments) {
    world.files.add(".honua.hcl", setting(text));
    arguments.insert(arguments.begin(), {"validate", "--format", "concise"});
    return cli::run_in(world, std::move(arguments));
  };
  CHECK(cli::contains(run("paths = [\"conf\"]", {"b.hcl"}).out, "b.hcl:"));
  CHECK(run("fail_on = \"warning\"", {"conf", "--fail-on", "never"}).code == ExitCode::done);
  CHECK(cli::contains(run("ignore = [\"H1030\"]", {"conf", "--select", "H1030"}).out, "H1030"));
  CHECK(cli::contains(run("rules = { H1030 = \"off\" }", {"conf", "--select", "H1030"}).out, "H1030"));
  CHECK_FALSE(cli::contains(run("ignore = [\"H1030\"]", {"conf", "--select", "all"}).out, "H1030"));
  CHECK_FALSE(cli::contains(run("select = [\"H1030\"]", {"conf", "--ignore", "H1030"}).out, "H1030"));
  CHECK_FALSE(cli::contains(run("select = [\"H2006\"]", {"conf", "--select", "H1030"}).out, "H2006"));
  CHECK_FALSE(
      cli::contains(run("rules = { H1030 = \"error\" }", {"conf", "--ignore", "H1030"}).out, "H1030"));
  CHECK(cli::contains(run("baseline = \"no.json\"", {"conf"}).err, "cannot use the baseline `no.json`"));
  CHECK(
      cli::contains(run("baseline = \"no.json\"", {"conf", "--baseline", "other.json"}).err, "`other.json`"));
  CHECK(cli::contains(run("env = \"list\"", {"conf"}).err, "environment variables:"));
  CHECK_FALSE(cli::contains(run("env = \"list\"", {"conf", "--env", "note"}).err, "environment variables:"));
}

TEST_CASE("the paths of a project count more than HONUA_CONFIG") {
  cli::TestWorld world;
  world.environment["HONUA_CONFIG"] = "no.hcl";
  world.files.add("conf/a.hcl", std::string(without_layers));
  world.files.add(".honua.hcl", setting("paths = [\"conf\"]"));
  CHECK(cli::contains(cli::run_in(world, {"validate"}).err, "checked 1 file"));
}

TEST_CASE("a setting that is doubtful is an error") {
  CHECK(error_of(setting("rules = { H2006 = \"off\", \"H2006\" = \"error\" }"))
            .starts_with("`.honua.hcl:2:28`: "));
}

TEST_CASE("of many mistakes in a project file the first ones are told, and the number of the others") {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "x" + std::to_string(i) + " = 1\n  ";
  cli::TestWorld world;
  world.files.add(".honua.hcl", setting(text));
  const cli::RunResult result = cli::run_in(world, {"validate"});
  CHECK(result.code == ExitCode::usage);
  CHECK(cli::contains(result.err, "has no setting `x19`"));
  CHECK_FALSE(cli::contains(result.err, "has no setting `x20`"));
  CHECK(cli::contains(result.err, "note: 5 more errors in `.honua.hcl`"));
}

}  // namespace honua::commands
