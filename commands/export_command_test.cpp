// SPDX-License-Identifier: MIT
#include "commands/export_command.h"

#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_outputs_for_test.h"

namespace honua::commands {

using cli::contains;
using cli::run_in;
using cli::RunResult;
using cli::TestWorld;

namespace {

constexpr const char* source_of_variable =
    "data_source \"db\" {\n  provider = \"sqlite\"\n  connection = env(\"DB\")\n}\n";

constexpr const char* only_heading =
    "# Written by `honua export --target upstream`: change the source instead.\n";

}  // namespace

TEST_CASE("every case of exporting writes what is beside it") { golden::check_outputs("export", 8); }

TEST_CASE("the names of cases of exporting say what becomes of them") {
  golden::check_names_of_outputs("export");
}

TEST_CASE("the help on exporting says which programs read the file") {
  check_golden(HONUA_SOURCE_DIR "/testdata/export-help.txt", cli::run_words({"export", "--help"}).out);
}

TEST_CASE("exporting needs a target, and another file than its source") {
  TestWorld world;
  world.files.add("a.hcl", source_of_variable);
  const RunResult aimless = run_in(world, {"export", "a.hcl"});
  CHECK(aimless.code == ExitCode::usage);
  CHECK(aimless.err ==
        "error: `honua export` needs to know whose settings to write\n  help: add `--target upstream`\n");
  const RunResult itself = run_in(world, {"export", "--target=upstream", "-o", "a.hcl", "a.hcl"});
  CHECK(itself.code == ExitCode::usage);
  CHECK(contains(itself.err, "`a.hcl` is a part of the configuration itself"));
  for (const std::string output : {"b.hcl", "b.honua", "b.hcl.json"}) {
    CAPTURE(output);
    const RunResult other = run_in(world, {"export", "--target=upstream", "-o", output, "a.hcl"});
    CHECK(other.code == ExitCode::usage);
    CHECK(contains(other.err, "settings are no configuration: `" + output + "` would be read as one"));
  }
  CHECK(run_in(world, {"export", "--target=downstream", "a.hcl"}).code == ExitCode::usage);
  CHECK(run_in(world, {"export", "--target=upstream", "--format=yaml", "a.hcl"}).code == ExitCode::usage);
  CHECK(run_in(world, {"export", "--target=upstream", "--environment=a/b", "a.hcl"}).code == ExitCode::usage);
}

TEST_CASE("a file of settings is replaced as a whole, and only when there is something to write") {
  TestWorld world;
  world.files.add("a.hcl", source_of_variable);
  world.files.add("honua.env", "before");
  const std::vector<std::string> words = {"export", "--target=upstream", "-o", "honua.env", "a.hcl"};
  const RunResult result = run_in(world, words);
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.empty());
  CHECK(contains(*world.files.read_file("honua.env", 1000), "# ConnectionStrings__db=\"${DB}\"\n"));

  world.files.add("honua.env", "before");
  world.files.add("a.hcl", "honua {\n  log_level = \"chatty\"\n}\n");
  CHECK(run_in(world, words).code == ExitCode::findings);
  CHECK(*world.files.read_file("honua.env", 1000) == "before");
}

TEST_CASE("settings that cannot be written, and files that cannot be read, are failures") {
  TestWorld world;
  world.files.add("a.hcl", source_of_variable);
  world.files.add_directory("out");
  const RunResult result = run_in(world, {"export", "--target=upstream", "-o", "out", "a.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.err, "error: cannot write `out`: "));
  const RunResult missing = run_in(world, {"export", "--target=upstream", "gone.hcl"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(missing.out.empty());
}

TEST_CASE("the overlay of an environment counts, its variables do not") {
  TestWorld world;
  world.files.add("honua.hcl", source_of_variable);
  world.files.add("honua.staging.hcl", "data_source \"db\" {\n  connection = \"Data Source=/b.db\"\n}\n");
  world.environment = {{"DB", "Data Source=/token.db"}};
  const RunResult base = run_in(world, {"export", "--target=upstream"});
  CHECK(contains(base.out, "# ConnectionStrings__db=\"${DB}\"\n"));
  CHECK_FALSE(contains(base.out + base.err, "token"));
  const RunResult staging = run_in(world, {"export", "--target=upstream", "--environment=staging"});
  CHECK(staging.code == ExitCode::done);
  CHECK(contains(staging.out, "\nConnectionStrings__db=\"Data Source=/b.db\"\n"));
}

TEST_CASE("services and layers belong to the configuration, whose place is a setting") {
  TestWorld world;
  world.files.add("a.hcl",
                  "service \"ogc_api\" {\n  enabled = true\n}\nlayer \"roads\" {\n  title = \"Roads\"\n"
                  "  data_source = data_source.db\n  table = \"roads\"\n  id_field = \"id\"\n"
                  "  services = [service.ogc_api]\n}\n"
                  "data_source \"db\" {\n  provider = \"sqlite\"\n  connection = \"/a.db\"\n}\n");
  const RunResult told =
      run_in(world, {"export", "--target=upstream", "--config-path=/srv/a b.hcl", "a.hcl"});
  CHECK(told.code == ExitCode::done);
  CHECK(told.out == std::string(only_heading) +
                        "\nConnectionStrings__db=/a.db\n\nHonua__ConfigurationV2__Path=\"/srv/a b.hcl\"\n");
  CHECK(told.err ==
        "note: `docker run --env-file` takes the quotes of these for a part of their values: "
        "`Honua__ConfigurationV2__Path`\n");
  const RunResult untold = run_in(world, {"export", "--target=upstream", "a.hcl"});
  CHECK(untold.err ==
        "note: the settings do not say where the server finds its configuration: name its file with "
        "`--config-path`\n");
}

TEST_CASE("no form of exporting shows a value of the environment or a secret of the file") {
  TestWorld world;
  world.environment = {{"SECRET", "value-of-the-environment"}};
  world.files.add(
      "a.hcl",
      "data_source \"a\" {\n  provider = \"postgresql\"\n"
      "  connection = \"Host=a;Database=a;Password=${env(\"SECRET\")}\"\n}\n"
      "data_source \"b\" {\n  provider = \"postgresql\"\n"
      "  connection = \"Host=b;Database=b;Password=hunter2\"\n}\n"
      "data_source \"c\" {\n  provider = \"postgresql\"\n"
      "  connection = nonsensitive(\"Host=c;Database=${env(\"SECRET\")}\")\n}\n"
      "data_source \"d\" {\n  provider = \"postgresql\"\n  connection = nonsensitive(var.d)\n}\n"
      "variable \"d\" {\n  default = env(\"SECRET\", \"Password=hunter2\")\n}\n"
      "cache \"redis\" {\n  type = \"redis\"\n  connection = \"redis://:hunter2@redis:6379\"\n}\n");
  for (const std::string format : {"env", "json"}) {
    CAPTURE(format);
    const RunResult result = run_in(world, {"export", "--target=upstream", "--format", format, "a.hcl"});
    CAPTURE(result.err);
    CHECK(result.code == ExitCode::done);
    CHECK_FALSE(contains(result.out + result.err, "value-of-the-environment"));
    CHECK_FALSE(contains(result.out + result.err, "hunter2"));
  }
}

}  // namespace honua::commands
