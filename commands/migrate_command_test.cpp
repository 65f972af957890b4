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

const std::string migrate_folder = HONUA_SOURCE_DIR "/testdata/migrate";

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
  const WorkingDirectory in_directory(migrate_folder);
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
  const WorkingDirectory in_directory(migrate_folder);
  std::string all;
  for (const golden::Case& one : golden::find_cases()) all += read_golden(one.stem + ".stderr").value_or("");
  for (const diagnostics::RuleInfo* info : all_rules()) {
    if (info->rule->category != "migration") continue;
    CAPTURE(info->rule->code);
    CHECK(contains(all, "[" + std::string(info->rule->code) + "]"));
  }
}

TEST_CASE("every file of the legacy documents belongs to one") {
  const WorkingDirectory in_directory(migrate_folder);
  golden::check_every_file_belongs_to_a_case();
}

TEST_CASE("what migrate writes is in canonical style and has no errors that the document had not") {
  const WorkingDirectory in_directory(migrate_folder);
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
  CHECK(made.file("honua.env") == "DB_CONNECTION=\"Host=db;Password=hunter'2\"\n");
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

TEST_CASE("settings and variables may be migrated by themselves, and later ones count more") {
  MemoryFileSystem files;
  files.add("a.json", R"({"Logging": {"LogLevel": {"Default": "Debug"}}, "AllowedHosts": "a.org"})");
  files.add("b.json", R"({"Logging": {"LogLevel": {"Default": "Error"}}})");
  files.add("c.env", "HONUA__ENVIRONMENT=test\n");
  files.add("d.env", "HONUA__ENVIRONMENT=staging\n");
  const RunResult result = cli::run_with(files, {},
                                         {"migrate", "--appsettings", "a.json", "--appsettings", "b.json",
                                          "--environ", "c.env", "--environ", "d.env", "--verify"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "# From a.json, b.json, c.env, d.env\n"));
  CHECK(contains(result.out, "log_level     = \"error\""));
  CHECK(contains(result.out, "environment   = \"staging\""));
  CHECK(contains(result.out, "allowed_hosts = [\"a.org\"]"));
}

TEST_CASE("documents of one name are told apart by their folders") {
  MemoryFileSystem files;
  files.add("metadata.json", document);
  files.add("x/appsettings.json", R"({"Kestrel": {"Limit": 1}})");
  files.add("y/appsettings.json", R"({"Kestrel": {"Limit": 2}})");
  const RunResult result = cli::run_with(files, {},
                                         {"migrate", "metadata.json", "--appsettings", "x/appsettings.json",
                                          "--appsettings", "y/appsettings.json", "--verify"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "# legacy x/appsettings.json#/Kestrel: {\"Limit\":1}\n"));
  CHECK(contains(result.out, "# legacy y/appsettings.json#/Kestrel: {\"Limit\":2}\n"));
}

TEST_CASE("what is wrong with any document is told in one run, with its place") {
  MemoryFileSystem files;
  files.add("metadata.json", "{\"layers\": [}");
  files.add("appsettings.json", "{\"Logging\": }");
  files.add("honua.env", "A=1\nB C\n");
  const RunResult result = cli::run_with(files, {},
                                         {"migrate", "metadata.json", "--appsettings", "appsettings.json",
                                          "--environ", "honua.env", "-o", "honua.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(contains(result.err, "--> metadata.json:1:13"));
  CHECK(contains(result.err, "--> appsettings.json:1:13"));
  CHECK(contains(result.err, "--> honua.env:2:1"));
  CHECK_FALSE(files.exists("honua.hcl"));
}

TEST_CASE("metadata is no settings, and settings are no variables") {
  const auto refused = [](const std::string& option, const std::string& text) {
    MemoryFileSystem files;
    files.add("metadata.json", document);
    files.add("beside", text);
    const RunResult result = cli::run_with(files, {}, {"migrate", "metadata.json", option, "beside"});
    CHECK(result.code == ExitCode::findings);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(contains(refused("--appsettings", document), "this is metadata, and no application settings"));
  CHECK(contains(refused("--appsettings", "honua {}\n"), "this is neither JSON nor YAML"));
  CHECK(contains(refused("--environ", "{\"a\": 1}"), "this is JSON, and no list of variables"));
}

TEST_CASE("values of variables are in what refers to them only, and not among what is kept") {
  MemoryFileSystem files;
  files.add("honua.env",
            "DATABASE_URL=postgres://maps:hunter2@db/city\nHONUA__SMTP__HOST=hunter3\nHOME=/home/hunter4\n"
            "ConnectionStrings__Replica='Host=db;Database=hunter5;Provider=postgis'\n");
  const RunResult result =
      cli::run_with(files, {},
                    {"migrate", "--environ", "honua.env", "-o", "honua.hcl", "--residue", "rest.json",
                     "--report", "json", "--verify", "--write-env", "new.env"});
  CHECK(result.code == ExitCode::done);
  const auto text_of = [&](const std::string& path) {
    const auto content = files.read_file(path, 1U << 20U);
    return content ? content->to_string() : "";
  };
  CHECK(contains(text_of("honua.hcl"), "connection = env(\"DATABASE_URL\")"));
  CHECK(contains(text_of("new.env"), "DATABASE_URL=\"postgres://maps:hunter2@db/city\"\n"));
  CHECK(contains(text_of("rest.json"), "\"/HONUA\": {\"SMTP\":{\"HOST\":\"***\"}}"));
  for (const std::string& text : {result.out, result.err, text_of("honua.hcl"), text_of("rest.json")})
    CHECK_FALSE(contains(text, "hunter"));
}

TEST_CASE("a configuration that is there gets what it lacks, and is told what it says otherwise") {
  Migrated made = migrate({"-o", "honua.hcl"});
  const std::string whole = made.file("honua.hcl");
  std::string before = whole;
  const std::string key = "  id_field    = \"id\"\n";
  before.erase(before.find(key), key.size());
  before.replace(before.find("4326"), 4, "3857");
  const auto update = [&](std::vector<std::string> words) {
    made.files.add("honua.hcl", before);
    words.insert(words.begin(), {"migrate", "metadata.json", "--update", "honua.hcl"});
    return cli::run_with(made.files, {}, std::move(words));
  };
  RunResult result = update({"--check"});
  CHECK(result.code == ExitCode::findings);
  CHECK(made.file("honua.hcl") == before);
  CHECK(contains(result.err, "added: layer.roads.id_field\n"));
  CHECK(
      contains(result.err,
               "warning: layer.roads.geometry.srid is left alone: it is 3857, and 4326 by the documents\n"));
  result = update({"--diff"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "+  id_field = \"id\"\n"));
  CHECK(made.file("honua.hcl") == before);
  result = update({"--verify"});
  CHECK(result.code == ExitCode::findings);
  CHECK(contains(result.err,
                 "nothing was written, since it is not what the documents say: layer.roads.geometry.srid"));
  CHECK(made.file("honua.hcl") == before);
  result = update({"--overrule", "--verify", "--write-env", "honua.env", "--report", "human"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.err, "changed: layer.roads.geometry.srid: 3857 -> 4326\n"));
  CHECK(contains(result.out, "variable: DB_CONNECTION: data_source.db\n"));
  CHECK(contains(made.file("honua.hcl"), "srid   = 4326"));
  CHECK(contains(made.file("honua.env"), "DB_CONNECTION="));
  result = update({"-o", "new.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(made.file("honua.hcl") == before);
  CHECK(contains(made.file("new.hcl"), "  id_field = \"id\"\n"));
  CHECK(cli::run_with(made.files, {}, {"fmt", "--check", "new.hcl"}).code == ExitCode::done);
}

TEST_CASE("a configuration that is broken or not there is not updated") {
  Migrated made = migrate({"-o", "honua.hcl"});
  const auto update = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"migrate", "metadata.json"});
    return cli::run_with(made.files, {}, std::move(words));
  };
  made.files.add("broken.hcl", "honua {\n");
  CHECK(update({"--update", "broken.hcl"}).code == ExitCode::failure);
  CHECK(made.file("broken.hcl") == "honua {\n");
  CHECK(update({"--update", "none.hcl"}).code == ExitCode::failure);
  CHECK(update({"--update", "honua.hcl", "--split"}).code == ExitCode::usage);
  CHECK(update({"--update", "honua.hcl.json"}).code == ExitCode::usage);
  CHECK(update({"--update", "metadata.json"}).code == ExitCode::usage);
  CHECK(update({"--update", "honua.hcl", "--diff", "--report", "json"}).code == ExitCode::usage);
  CHECK(update({"--diff"}).code == ExitCode::usage);
}

TEST_CASE("nothing is written where one of the files could not be") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"-o", "none/a.hcl"},
                                                {"--residue", "none/r.json"},
                                                {"--write-env", "none/e"},
                                                {"--residue", "conf"},
                                                {"-o", "conf"},
                                                {"--residue", "-"},
                                                {"--write-env", "-"}}) {
    CAPTURE(words.back());
    std::vector<std::string> all = {"-o", "honua.hcl", "--residue", "rest.json", "--write-env", "honua.env"};
    for (std::size_t at = 0; at < all.size(); at += 2) {
      if (all[at] == words[0]) all[at + 1] = words[1];
    }
    const Migrated made = migrate(all);
    CHECK(made.result.code == ExitCode::usage);
    for (const char* file : {"honua.hcl", "rest.json", "honua.env"}) CHECK_FALSE(made.files.exists(file));
  }
}

TEST_CASE("a loss that is accepted where nothing is lost is told") {
  CHECK(contains(migrate({"--accept-loss", "/layers/9/query"}).result.err,
                 "note: `--accept-loss /layers/9/query`: no member there protects data\n"));
}

TEST_CASE("what is written for shells is read again as it was") {
  Migrated made = migrate(
      {"-o", "honua.hcl", "--write-env", "honua.env"},
      R"({"dataSources": [{"id": "a", "provider": "postgis", "connectionString": "Host=h;Password=x'y\nz"}]})");
  CHECK(made.result.code == ExitCode::done);
  const RunResult again =
      cli::run_with(made.files, {}, {"migrate", "--environ", "honua.env", "--write-env", "again.env"});
  CHECK(again.code == ExitCode::done);
  CHECK(made.file("honua.env") == "A_CONNECTION=\"Host=h;Password=x'y\nz\"\n");
}

TEST_CASE("what migrate is not asked for rightly it refuses") {
  MemoryFileSystem files;
  CHECK(cli::run_with(files, {}, {"migrate"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", "a.json", "b.json"}).code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", "none.json"}).code == ExitCode::failure);
  CHECK(migrate({"--split"}).result.code == ExitCode::usage);
  CHECK(migrate({"--appsettings", "-", "--environ", "-"}).result.code == ExitCode::usage);
  CHECK(migrate({"--appsettings", "metadata.json"}).result.code == ExitCode::usage);
  CHECK(cli::run_with(files, {}, {"migrate", ""}).code == ExitCode::usage);
  CHECK(migrate({"--overrule"}).result.code == ExitCode::usage);
}

}  // namespace honua::commands
