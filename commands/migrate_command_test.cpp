// SPDX-License-Identifier: MIT
#include "commands/migrate_command.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"
#include "commands/registry.h"

namespace honua::commands {

namespace {

using cli::contains;
using cli::RunResult;

const std::string folder = HONUA_SOURCE_DIR "/testdata/migrate";

// A document with one of most things.
const std::string document = R"json({
  "dataSources": [{ "id": "db", "provider": "postgis", "connectionString": "Host=db;Password=hunter'2" }],
  "services": [{ "id": "s", "serviceType": "feature", "dataSourceId": "db", "title": "Streets" }],
  "layers": [{ "id": "roads", "serviceId": "s", "idField": "id", "minScale": 10,
               "geometryType": "LineString", "geometryField": "geom",
               "storage": { "table": "public.roads", "srid": 4326 } }],
  "smtp": { "password": "hunter3" }
})json";

struct Migrated {
  MemoryFileSystem files;
  RunResult result;

  [[nodiscard]] std::string file(const std::string& path) const {
    const auto content = files.read_file(path, 1U << 20U);
    return content ? content->to_string() : "";
  }
};

Migrated migrate(std::vector<std::string> words, const std::string& text = document) {
  Migrated made;
  made.files.add("metadata.json", text);
  made.files.add_directory("conf");
  words.insert(words.begin(), {"migrate", "metadata.json"});
  made.result = cli::run_with(made.files, {}, std::move(words));
  return made;
}

}  // namespace

TEST_CASE("every legacy document gives what is beside it") {
  const WorkingDirectory in_directory(folder);
  for (const golden::Case& one : golden::find_cases()) {
    CAPTURE(one.file);
    const RunResult result = golden::run_case("migrate", one);
    if (accepting()) golden::accept(one, result, true);
    check_golden(one.stem + ".stdout", result.out);
    check_golden(one.stem + ".stderr", result.err);
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
  }
}

TEST_CASE("every rule on legacy documents is found in one of them") {
  const WorkingDirectory in_directory(folder);
  std::string all;
  for (const golden::Case& one : golden::find_cases()) all += read_golden(one.stem + ".stderr").value_or("");
  for (const diagnostics::RuleInfo* info : all_rules()) {
    if (info->rule->category != "migration") continue;
    CAPTURE(info->rule->code);
    CHECK(contains(all, "[" + std::string(info->rule->code) + "]"));
  }
}

TEST_CASE("every file of the legacy documents belongs to one") {
  const WorkingDirectory in_directory(folder);
  golden::check_every_file_belongs_to_a_case();
}

TEST_CASE("what migrate writes is in canonical style and has no errors that the document had not") {
  const WorkingDirectory in_directory(folder);
  for (const golden::Case& one : golden::find_cases()) {
    CAPTURE(one.file);
    const RunResult result = golden::run_case("migrate", one);
    if (result.out.empty()) continue;
    MemoryFileSystem files;
    files.add("a.hcl", result.out);
    CHECK(cli::run_with(files, {}, {"fmt", "--check", "a.hcl"}).code == ExitCode::done);
    CHECK(cli::run_with(files, {}, {"validate", "--no-project", "a.hcl"}).code == ExitCode::done);
  }
}

TEST_CASE("migrate tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/migrate-help.txt", cli::run_words({"migrate", "--help"}).out);
}

TEST_CASE("secrets are in the file that was asked for, and nowhere else") {
  const Migrated made = migrate({"-o", "honua.hcl", "--write-env", "honua.env", "--residue", "rest.json",
                                 "--report", "json", "--verify"});
  CHECK(made.result.code == ExitCode::done);
  CHECK(made.file("honua.env") == "DB_CONNECTION='Host=db;Password=hunter'\\''2'\n");
  CHECK(contains(made.file("honua.hcl"), "connection = env(\"DB_CONNECTION\")"));
  CHECK(contains(made.file("rest.json"), "\"/smtp\": {\"password\":\"***\"}"));
  for (const std::string& text :
       {made.result.out, made.result.err, made.file("honua.hcl"), made.file("rest.json")})
    CHECK_FALSE(contains(text, "hunter"));
}

TEST_CASE("secrets are never written over what is there") {
  MemoryFileSystem files;
  files.add("metadata.json", document);
  files.add("honua.env", "OLD=1\n");
  const RunResult result = cli::run_with(
      files, {}, {"migrate", "metadata.json", "-o", "a.hcl", "--force", "--write-env", "honua.env"});
  CHECK(result.code == ExitCode::usage);
  CHECK(contains(result.err, "`honua.env` is there already"));
  CHECK(files.read_file("honua.env", 100).value().to_string() == "OLD=1\n");
  CHECK_FALSE(files.exists("a.hcl"));
}

TEST_CASE("members without a place go into the residue or into comments") {
  const Migrated kept = migrate({"-o", "honua.hcl"});
  CHECK(contains(kept.file("honua.hcl"), "# legacy /layers/0/minScale: 10\n"));
  const Migrated apart = migrate({"-o", "honua.hcl", "--residue", "rest.json"});
  CHECK_FALSE(contains(apart.file("honua.hcl"), "legacy"));
  CHECK(contains(apart.file("rest.json"), "\"/layers/0/minScale\": 10"));
}

TEST_CASE("a configuration is split by the kinds of its blocks") {
  const Migrated made = migrate({"-o", "conf", "--split", "--verify"});
  CHECK(made.result.code == ExitCode::done);
  CHECK(contains(made.file("conf/honua.hcl"), "honua {"));
  CHECK(contains(made.file("conf/data_sources.hcl"), "data_source \"db\" {"));
  CHECK(contains(made.file("conf/services.hcl"), "service \"ogc_api\" {"));
  CHECK(contains(made.file("conf/layers.hcl"), "layer \"roads\" {"));
  MemoryFileSystem files = made.files;
  CHECK(cli::run_with(files, {}, {"migrate", "metadata.json", "-o", "conf", "--split"}).code ==
        ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", "metadata.json", "-o", "none", "--split"}).code ==
        ExitCode::usage);
}

TEST_CASE("reports list every member once") {
  const Migrated json = migrate({"-o", "honua.hcl", "--report", "json"});
  for (const char* pointer : {"/dataSources/0/id", "/layers/0/storage/table", "/layers/0/minScale",
                              "/smtp/password", "/services/0"}) {
    const std::string written = "\"pointer\": \"" + std::string(pointer) + "\"";
    CHECK(json.result.out.find(written) != std::string::npos);
    CHECK(json.result.out.find(written) == json.result.out.rfind(written));
  }
  CHECK(contains(migrate({"-o", "honua.hcl", "--report", "markdown"}).result.out,
                 "| `/layers/0/storage/srid` | 6 | mapped | `layer.roads.geometry.srid` |  |"));
  CHECK(contains(migrate({"-o", "honua.hcl", "--report", "human"}).result.out,
                 "unsupported: /layers/*/minScale: "));
  CHECK(migrate({"--report", "json"}).result.code == ExitCode::usage);
}

TEST_CASE("a file that is there is replaced by force only") {
  MemoryFileSystem files;
  files.add("metadata.json", document);
  files.add("honua.hcl", "# mine\n");
  CHECK(cli::run_with(files, {}, {"migrate", "metadata.json", "-o", "honua.hcl"}).code == ExitCode::usage);
  CHECK(files.read_file("honua.hcl", 100).value().to_string() == "# mine\n");
  CHECK(cli::run_with(files, {}, {"migrate", "metadata.json", "-o", "honua.hcl", "-f"}).code ==
        ExitCode::done);
}

TEST_CASE("the document is not written over, and no file is written twice") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"-o", "./metadata.json", "-f"},
                                                {"-o", "a.hcl", "--residue", "a.hcl"},
                                                {"-o", "a.hcl", "--write-env", "./a.hcl"},
                                                {"-o", "conf", "--split", "--residue", "conf/layers.hcl"}}) {
    const Migrated made = migrate(words);
    CHECK(made.result.code == ExitCode::usage);
    CHECK(contains(made.result.err, "cannot be two things at once"));
    CHECK(made.file("metadata.json") == document);
    CHECK_FALSE(made.files.exists("a.hcl"));
  }
}

TEST_CASE("a document that cannot be migrated leaves no file behind") {
  const Migrated made =
      migrate({"-o", "honua.hcl", "--residue", "r.json", "--write-env", "e"}, "{\"layers\": [{}]}");
  CHECK(made.result.code == ExitCode::findings);
  for (const char* path : {"honua.hcl", "r.json", "e"}) CHECK_FALSE(made.files.exists(path));
  CHECK(migrate({}, std::string(3000, '[')).result.code == ExitCode::findings);
}

TEST_CASE("values nested too deep, and aliases without end, are refused") {
  const auto refused = [](const std::string& text) {
    const Migrated made = migrate({}, text);
    CHECK(made.result.code == ExitCode::findings);
    CHECK(made.result.out.empty());
    return made.result.err;
  };
  constexpr std::size_t depth = 10'000;
  CHECK(contains(refused("{\"layers\": " + std::string(depth, '[') + std::string(depth, ']') + "}"),
                 "values are nested deeper than 1000 levels"));
  CHECK(contains(refused("layers: " + std::string(depth, '[') + std::string(depth, ']') + "\n"),
                 "values are nested too deeply"));
  std::string aliases = "layers: []\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 20; ++level) {
    const std::string below = "*a" + std::to_string(level - 1);
    aliases += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [";
    for (int copy = 0; copy < 8; ++copy) aliases += below + ", ";
    aliases += below + "]\n";
  }
  CHECK(contains(refused(aliases), "its aliases make it too large"));
}

TEST_CASE("a legacy document may come from standard input") {
  MemoryFileSystem files;
  const RunResult result = cli::run_with(files, {}, {"migrate", "-"}, document);
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "# From <stdin>\n"));
}

TEST_CASE("what migrate is not asked for rightly it refuses") {
  MemoryFileSystem files;
  CHECK(cli::run_with(files, {}, {"migrate"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", "a.json", "b.json"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", "none.json"}).code == ExitCode::failure);
  CHECK(migrate({"--split"}).result.code == ExitCode::usage);
}

}  // namespace honua::commands
