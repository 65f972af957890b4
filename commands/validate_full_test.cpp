// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <ostream>
#include <string>
#include <vector>

#include "base/scratch_directory.h"
#include "catalog/postgresql_for_test.h"
#include "catalog/sqlite_for_test.h"
#include "cli/testing.h"

namespace honua::commands {

namespace {

using cli::contains;

std::string layer_of_table(const std::string& source, const std::string& table,
                           const std::string& more = "") {
  return "layer \"" + table + "\" {\n  title = \"" + table + "\"\n  data_source = data_source." + source +
         "\n  table = \"" + table + "\"\n  id_field = \"id\"\n  services = [service.odata]\n" + more + "}\n";
}

std::string source_of(const std::string& name, const std::string& provider, const std::string& connection) {
  return "data_source \"" + name + "\" {\n  provider = \"" + provider + "\"\n  connection = " + connection +
         "\n}\n";
}

cli::RunResult validate_full(const ScratchDirectory& directory, const std::string& text,
                             const std::map<std::string, std::string>& environment,
                             const std::vector<std::string>& more = {}) {
  directory.write("city.hcl", "service \"odata\" {\n}\n" + text);
  std::vector<std::string> words = {"validate", "--full", "--format=concise", directory.file("city.hcl")};
  words.insert(words.end(), more.begin(), more.end());
  RealFileSystem files;
  return cli::run_with(files, environment, words);
}

}  // namespace

TEST_CASE("validate holds layers to their database where that is asked for") {
  const ScratchDirectory directory;
  catalog::make_sqlite_file(directory.file("city.db"),
                            "CREATE TABLE roads (id INTEGER PRIMARY KEY, name TEXT);");
  const std::string text = source_of("db", "sqlite", "env(\"CITY\")") + layer_of_table("db", "roads") +
                           layer_of_table("db", "paths");
  const std::map<std::string, std::string> environment = {
      {"CITY", "Data Source=" + directory.file("city.db")}};
  const auto full = validate_full(directory, text, environment);
  CHECK(full.code == ExitCode::findings);
  CHECK(contains(full.out, "error[H6003 table-missing]: `paths` is not in the database"));
  CHECK_FALSE(contains(full.out, "H6005"));
  RealFileSystem files;
  const auto offline = cli::run_with(files, environment, {"validate", directory.file("city.hcl")});
  CHECK(offline.code == ExitCode::done);
  CHECK(contains(validate_full(directory, text, {}).out, "warning[H6000 database-not-compared]"));
  CHECK(contains(validate_full(directory, text, environment, {"--live"}).out, "H6003"));
}

TEST_CASE("suppressions of rules on databases are kept where no database is read") {
  const ScratchDirectory directory;
  catalog::make_sqlite_file(directory.file("city.db"), "CREATE TABLE roads (id INTEGER PRIMARY KEY);");
  const std::map<std::string, std::string> environment = {
      {"CITY", "Data Source=" + directory.file("city.db")}};
  std::string text = source_of("db", "sqlite", "env(\"CITY\")") + layer_of_table("db", "paths");
  text.replace(text.find("  table ="), 0, "  # honua:ignore H6003 comes with the next import\n");
  const auto full = validate_full(directory, text, environment);
  CHECK(full.code == ExitCode::done);
  CHECK_FALSE(contains(full.out, "H6003"));
  RealFileSystem files;
  CHECK(cli::run_with(files, environment, {"validate", "--format=concise", directory.file("city.hcl")})
            .out.empty());
}

TEST_CASE("a database that cannot be read is one finding, and its password is not shown") {
  const catalog::PostgresqlServer server = catalog::postgresql_server();
  const ScratchDirectory directory;
  const std::string refused = "postgresql://reader:planted@127.0.0.1:" + server.port() + "/postgres";
  for (const std::string& connection :
       {refused, std::string("Host=127.0.0.1;Port=1;Database=city;Username=me;Password=planted"),
        std::string("postgresql://me:pl@planted@127.0.0.1/city")}) {
    CAPTURE(connection);
    const auto result = validate_full(directory,
                                      source_of("db", "postgresql", "env(\"CITY\")") +
                                          layer_of_table("db", "roads") + layer_of_table("db", "paths"),
                                      {{"CITY", connection}}, {"--timeout=3"});
    CHECK(result.code == ExitCode::findings);
    CHECK(contains(result.out, "error[H6002 database-unreachable]"));
    CHECK(result.out.find("error[") == result.out.rfind("error["));
    CHECK_FALSE(contains(result.out, "planted"));
    CHECK_FALSE(contains(result.err, "planted"));
  }
}

TEST_CASE("a provider that cannot be read is told, and a time that is none refused") {
  const ScratchDirectory directory;
  const auto result = validate_full(
      directory, source_of("db", "sqlserver", "env(\"CITY\")") + layer_of_table("db", "dbo.roads"),
      {{"CITY", "Server=db;Initial Catalog=city"}});
  CHECK(contains(result.out,
                 "`data_source.db` was not compared with its database: reading `sqlserver` is not built into "
                 "this honua"));
  CHECK(contains(result.out, "H6000"));
  CHECK(validate_full(directory, "", {}, {"--timeout=0"}).code == ExitCode::usage);
}

}  // namespace honua::commands
