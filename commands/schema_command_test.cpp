// SPDX-License-Identifier: MIT
// The files in testdata/schema/valid and testdata/schema/invalid are checked
// here against the validator, and by scripts/check-schemas against the schema.
#include <doctest/doctest.h>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_for_test.h"

namespace honua::commands {

namespace {

const std::string schema_cases = HONUA_SOURCE_DIR "/testdata/schema";

// What `honua validate` makes of each file of a folder.
void check_files_of(const std::string& folder, ExitCode expected) {
  RealFileSystem files;
  const std::string directory = schema_cases + "/" + folder;
  const auto names = files.list_directory(directory);
  REQUIRE(names.has_value());
  CHECK(names->size() >= 50);
  for (const std::string& name : *names) {
    CAPTURE(name);
    CHECK(name.ends_with(".hcl.json"));
    const std::string path = std::filesystem::path(directory) / name;
    const auto result = cli::run_with(files, {}, {"validate", "--format", "concise", path});
    CAPTURE(result.out);
    CHECK(result.code == expected);
  }
}

}  // namespace

TEST_CASE("the published schemas are what the program prints") {
  check_golden(HONUA_SOURCE_DIR "/schemas/configuration.schema.json", cli::run_words({"schema"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/diagnostics.v1.schema.json",
               cli::run_words({"schema", "report"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/diagnostics-line.v1.schema.json",
               cli::run_words({"schema", "report-line"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/show.v1.schema.json", cli::run_words({"schema", "show"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/snapshot.v1.schema.json",
               cli::run_words({"schema", "snapshot"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/plan.v1.schema.json", cli::run_words({"schema", "plan"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/catalog.v1.schema.json", cli::run_words({"schema", "catalog"}).out);
  check_golden(HONUA_SOURCE_DIR "/schemas/migration.v1.schema.json",
               cli::run_words({"schema", "migration"}).out);
  CHECK(cli::run_words({"schema", "configuration", "--format", "json"}).out ==
        cli::run_words({"schema"}).out);
}

TEST_CASE("the block reference is written for people and for programs") {
  check_golden(schema_cases + "/blocks.txt", cli::run_words({"schema", "blocks"}).out);
  check_golden(schema_cases + "/blocks.json", cli::run_words({"schema", "blocks", "--format", "json"}).out);
}

TEST_CASE("schema tells its names and forms in its help") {
  check_golden(schema_cases + "/help.txt", cli::run_words({"schema", "--help"}).out);
}

TEST_CASE("the validator finds no error in what the schema accepts") {
  check_files_of("valid", ExitCode::done);
}

TEST_CASE("the validator finds an error in what the schema refuses") {
  check_files_of("invalid", ExitCode::findings);
}

TEST_CASE("schema refuses names and forms that there are not") {
  const auto unknown = cli::run_words({"schema", "block"});
  CHECK(unknown.code == ExitCode::usage);
  CHECK(unknown.out.empty());
  CHECK(unknown.err == "error: there is no schema `block`\n  help: did you mean `blocks`?\n");
  CHECK(cli::run_words({"schema", "x"}).err ==
        "error: there is no schema `x`\n  help: there are: `configuration`, `report`, `report-line`, "
        "`baseline`, `show`, `snapshot`, `plan`, `catalog`, `migration`, `store`, `watch-event`, `blocks`\n");
  const auto human = cli::run_words({"schema", "report", "--format", "human"});
  CHECK(human.code == ExitCode::usage);
  CHECK(human.err ==
        "error: a JSON Schema has no form for people\n  help: `honua schema blocks` lists all blocks\n");
}

}  // namespace honua::commands
