// SPDX-License-Identifier: MIT
#include "commands/introspect_command.h"

#include <doctest/doctest.h>

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "base/scratch_directory.h"
#include "catalog/sqlite_for_test.h"
#include "cli/testing.h"
#include "commands/introspect_golden_for_test.h"

namespace honua::commands {

namespace {

using cli::contains;

const std::string folder = HONUA_SOURCE_DIR "/testdata/introspect/";

}  // namespace

TEST_CASE("every database gives the configuration that is beside it, and that is valid") {
  // testdata/introspect/CASE: of database.sql, with the arguments of `args`, one a line.
  for_each_database(folder, 3, [](const std::string& here, const std::string& /*name*/) {
    const ScratchDirectory directory;
    const WorkingDirectory in_directory(directory.path());
    catalog::make_sqlite_file("database.db", read_golden(here + "/database.sql").value());
    check_introspection(here, "database.db");
  });
}

TEST_CASE("introspect tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/introspect-help.txt",
               cli::run_words({"introspect", "--help"}).out);
}

TEST_CASE("a service that the server does not know is told") {
  const ScratchDirectory directory;
  const std::string path = directory.file("a.db");
  catalog::make_sqlite_file(path, "CREATE TABLE roads (id INTEGER PRIMARY KEY);");
  CHECK(contains(introspect({path, "--services=odata,wsf"}).err,
                 "note: the server knows no service `wsf`: did you mean `wfs`?"));
  CHECK_FALSE(contains(introspect({path, "--services=odata,WFS"}).err, "no service"));
}

TEST_CASE("a part of a database can be asked for") {
  const ScratchDirectory directory;
  const std::string path = directory.file("a.db");
  catalog::make_sqlite_file(
      path,
      "CREATE TABLE roads (id INTEGER PRIMARY KEY); CREATE TABLE road_x (id INTEGER PRIMARY KEY);"
      "CREATE TABLE lakes (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT * FROM lakes;");
  const auto layers = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {path, "--layers-only"};
    words.insert(words.end(), more.begin(), more.end());
    const std::string out = introspect(words).out;
    std::string found;
    for (const std::string& line : golden::lines_of(out)) {
      if (line.starts_with("layer ") || line.starts_with("# layer "))
        found += line.substr(0, line.find(" {")) + ";";
    }
    return found;
  };
  const std::string all = "layer \"lakes\";layer \"road_x\";layer \"roads\";";
  CHECK(layers({}) == all);
  CHECK(layers({"--include", "road*"}) == "layer \"road_x\";layer \"roads\";");
  CHECK(layers({"--include=main.lakes", "--include=roads"}) == "layer \"lakes\";layer \"roads\";");
  CHECK(layers({"--exclude", "*s"}) == "layer \"road_x\";");
  CHECK(layers({"--table-pattern", "road\\_%"}) == "layer \"road_x\";");
  CHECK(layers({"--table-pattern", "road_"}) == "layer \"roads\";");
  CHECK(layers({"--max-tables", "1"}) == "layer \"lakes\";");
  CHECK(layers({"--schema-name", "other"}).empty());
  const auto nothing = introspect({path, "--include=Road*", "--format=json"});
  CHECK(nothing.code == ExitCode::failure);
  CHECK(contains(nothing.err, "note: no relation is like `Road*`: "));
  CHECK(contains(nothing.err, "error: none of the 4 relations is asked for, and there is nothing to write"));
  CHECK(contains(nothing.out, "\"error\": "));
  CHECK(contains(introspect({path, "--include=roads", "--exclude=x"}).err, "no relation is like `x`"));
  CHECK_FALSE(contains(introspect({path, "--include=roads"}).err, "no relation is like"));
  CHECK(layers({"--include-views"}) == all + "# layer \"v\";");
}

TEST_CASE("a connection is found in all the ways to write it, and never shown") {
  const ScratchDirectory directory;
  const std::string path = directory.file("a.db");
  catalog::make_sqlite_file(path, "CREATE TABLE t (id INTEGER PRIMARY KEY);");
  for (const std::string& one :
       {path, "sqlite://" + path, "file:" + path + "?mode=ro", "Data Source=" + path,
        "sqlite://" + directory.path() + "/%61.db",
        "Data Source=file:" + directory.path() + "/a%2Edb?mode=ro", "Filename=" + path + ";Mode=ReadOnly",
        "data source=\"" + path + "\"; Cache=Shared"}) {
    CAPTURE(one);
    CHECK(introspect({one}).code == ExitCode::done);
  }
  const std::map<std::string, std::string> environment = {{"MAPS", "Data Source=" + path}};
  const auto from_environment = introspect({"env(\"MAPS\")"}, environment);
  CHECK(from_environment.code == ExitCode::done);
  CHECK(contains(from_environment.out, "connection = env(\"MAPS\")"));
  const auto unset = introspect({"env(\"NOWHERE\")"});
  CHECK(unset.code == ExitCode::usage);
  CHECK(contains(unset.err, "the environment variable `NOWHERE` is not set"));
  struct Case {
    std::string connection;
    std::string says;
  };
  for (const Case& one : std::vector<Case>{
           {"postgres://me:planted@127.0.0.1:1/city", "PostgreSQL: connection to server at"},
           {"host=127.0.0.1 port=1 user=me password=planted", "Connection refused"},
           {"Host=127.0.0.1:1;Database=city;Password=planted", "Connection refused"},
           {"postgres://me:pl@nted@db/city", "it is not clear where the URL's password ends"},
           {"postgres://me:planted/x@db/city", "it is not clear where the URL's password ends"},
           {"postgres://me:planted?x@db/city", "it is not clear where the URL's password ends"},
           {"Host=db;Database=city;Password=x;planted", "a part between two `;` has no `=`"},
           {"mysql://me:planted@127.0.0.1:1/city", "error: MySQL: "},
           {"Server=127.0.0.1;Port=1;Database=city;Pwd=planted;CharSet=utf8", "error: MySQL: "},
           {"Server=db;Initial Catalog=city;Encrypt=true;Password=planted",
            "SQL Server: reading it is not built into this honua"},
           {"oracle://me:planted@db/city", "Oracle: reading it is not built into this honua"},
           {"Server=db;Database=city;User Id=me;Password=planted", "say which one with `--provider`"},
           {"jdbc:postgresql://db/city?password=planted", "a JDBC URL is for Java's drivers"},
           {"host=db user=me password=my planted", "a blank or `=` stands in the host"},
           {"host = db password = planted", "say which one with `--provider`"},
           {"Server=db User=me Password=planted;Port=3306", "a blank or `=` stands in the host"},
           {"PG:dbname=city password=planted", "this is how GDAL writes it: give what follows `PG:`"},
           {"env(\")", "there is no such file, and it is no connection"},
           {"postgresql:/me:planted@db/city", "there is no such file, and it is no connection"},
           {"postgres:me:planted@db/city", "there is no such file, and it is no connection"},
           {"me:planted@db/city", "there is no such file, and it is no connection"},
           {"sqlite://me:planted@/x.db", "there is no such file, and it is no connection"},
           {"env(planted)", "there is no such file, and it is no connection"},
           {"\"planted\"", "there is no such file, and it is no connection"},
           {"env(\"planted\")", "the environment variable that the connection names is not set"},
           {"Host=127.0.0.1;Port=1;Password=x;host=planted;Database=x", "password twice"},
           {"Server=127.0.0.1;Port=3306;Password=x;Data Source=planted;Database=x", "password twice"},
           {"host=a password=x host=planted", "password twice"},
           {"planted://db", "nothing is known of databases at"},
           {"", "the connection is empty"}}) {
    CAPTURE(one.connection);
    const auto result = introspect({one.connection});
    CHECK(result.code != ExitCode::done);
    CHECK(result.out.empty());
    CHECK(contains(result.err, one.says));
    CHECK((one.connection.starts_with("planted") || !contains(result.err, "planted")));
    const auto json = introspect({"--format=json", one.connection});
    CHECK(json.code == result.code);
    CHECK(contains(json.out, "\"error\": "));
    CHECK((one.connection.starts_with("planted") || !contains(json.out + json.err, "planted")));
  }
  CHECK(contains(introspect({"Server=127.0.0.1;Database=city;Pooling=true", "--provider", "sqlserver"}).err,
                 "SQL Server: reading it is not built"));
  for (const std::string connection :
       {"mysql://me:planted@127.0.0.1:1/db", "sqlite://me:planted@127.0.0.1:1/db"}) {
    const auto other = introspect({connection, "--provider", "postgresql"});
    CHECK(contains(other.err, "the URL's scheme is another than the provider's"));
    CHECK_FALSE(contains(other.err, "planted"));
  }
  const auto as_file = introspect({"Host=127.0.0.1;Password=\"x${planted\";Database=x", "-psqlite"});
  CHECK_FALSE(contains(as_file.err, "planted"));
  CHECK_FALSE(contains(introspect({"-pplanted", "x"}).err, "planted"));
  CHECK(contains(introspect({path, "--provider", "access"}).err,
                 "nothing is known of the provider that `--provider` names"));
}

TEST_CASE("a file is replaced only if that was asked for") {
  const ScratchDirectory directory;
  const std::string path = directory.file("a.db");
  catalog::make_sqlite_file(path, "CREATE TABLE t (id INTEGER PRIMARY KEY);");
  const std::string output = directory.file("out.hcl");
  CHECK(introspect({path, "-o", output}).code == ExitCode::done);
  const auto again = introspect({path, "-o", output});
  CHECK(again.code == ExitCode::usage);
  CHECK(contains(again.err, "is there already"));
  CHECK(introspect({path, "-o", output, "--force"}).code == ExitCode::done);
  const auto itself = introspect({path, "-o", directory.path() + "/./a.db", "--force"});
  CHECK(itself.code == ExitCode::usage);
  CHECK(contains(itself.err, "is the database itself"));
  // What is in the log is in the database, and no file of the database's is made up.
  for (const std::string ending : {"-wal", "-shm", "-journal"}) {
    const auto beside = introspect({path, "-o", path + ending, "--force"});
    CHECK(beside.code == ExitCode::usage);
    CHECK(contains(beside.err, "or what SQLite keeps beside it"));
    CHECK_FALSE(RealFileSystem().exists(path + ending));
  }
  CHECK(introspect({path}).code == ExitCode::done);
  CHECK(introspect({path, "-o", directory.file("none/out.hcl")}).code == ExitCode::failure);
}

TEST_CASE("what cannot be understood is said") {
  CHECK(introspect({}).code == ExitCode::usage);
  CHECK(introspect({"a.db", "b.db"}).code == ExitCode::usage);
  CHECK(contains(introspect({"a.db", "--max-tables", "none"}).err, "takes a whole number from 1 on"));
  CHECK(contains(introspect({"a.db", "--timeout", "0"}).err, "takes a whole number from 1 on"));
  CHECK(contains(introspect({"a.db", "--services", "odata,,wfs"}).err, "is no label"));
  CHECK(contains(introspect({"a.db", "--data-source-id", "a b"}).err, "`a b` is no label"));
  const auto missing = introspect({"/nowhere/a.db"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(contains(missing.err, "error: /nowhere/a.db: there is no such file"));
  CHECK(missing.out.empty());
}

TEST_CASE("programs get a document, also where there is no database") {
  const ScratchDirectory directory;
  const auto missing = introspect({"/nowhere/a.db", "--format=json"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(missing.out ==
        "{\n  \"format_version\": \"1.0\",\n  \"error\": \"/nowhere/a.db: there is no such file\"\n}\n");
  const auto unset = introspect({"env(\"NOWHERE\")", "--format=json"});
  CHECK(unset.code == ExitCode::usage);
  CHECK(contains(unset.out, "\"error\": \"the environment variable `NOWHERE` is not set\""));
  const std::string file = directory.file("out.json");
  CHECK(introspect({"/nowhere/a.db", "--format=json", "-o", file}).out.empty());
  CHECK_FALSE(RealFileSystem().exists(file));
  CHECK(introspect({"/nowhere/a.db"}).out.empty());
}

}  // namespace honua::commands
