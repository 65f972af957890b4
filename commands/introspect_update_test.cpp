// SPDX-License-Identifier: MIT
#include "commands/introspect_command.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "base/scratch_directory.h"
#include "catalog/sqlite_for_test.h"
#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"

namespace honua::commands {

namespace {

using cli::contains;
using Words = std::vector<std::string>;

constexpr std::string_view cases = HONUA_SOURCE_DIR "/testdata/introspect-update/";

cli::RunResult update_with(Words words, const Words& more = {}) {
  words.insert(words.begin(), "introspect");
  words.insert(words.end(), more.begin(), more.end());
  RealFileSystem files;
  return cli::run_with(files, {}, words);
}

std::string text_in(const std::string& path) { return read_golden(path).value(); }

}  // namespace

TEST_CASE("a file is not updated by a database that has none of its tables, unless that is forced") {
  const ScratchDirectory directory;
  catalog::make_sqlite_file(directory.file("city.db"), "CREATE TABLE roads (id INTEGER PRIMARY KEY);");
  catalog::make_sqlite_file(directory.file("other.db"), "CREATE TABLE lakes (id INTEGER PRIMARY KEY);");
  const std::string file = directory.file("city.hcl");
  CHECK(update_with({directory.file("city.db"), "-o", file}).code == ExitCode::done);
  const std::string before = text_in(file);
  const auto refused = update_with({directory.file("other.db"), "--update", file});
  CHECK(refused.code == ExitCode::failure);
  CHECK(contains(refused.err, "none of its layers has its table in other.db, and it is left as it is"));
  CHECK(contains(refused.err, "help: is this the right database? `--force` updates by it all the same"));
  CHECK(text_in(file) == before);
  CHECK(update_with({directory.file("other.db"), "--update", file}, {"--check"}).code == ExitCode::findings);
  CHECK(update_with({directory.file("other.db"), "--update", file}, {"--force"}).code == ExitCode::done);
  CHECK(contains(text_in(file), "layer \"lakes\""));
}

TEST_CASE("every file is updated to the one that is beside it, and then stays as it is") {
  // testdata/introspect-update/CASE: before.hcl by database.sql, with the arguments of `args`, one a line.
  const auto names = RealFileSystem().list_directory(std::string(cases)).value();
  CHECK(names.size() >= 7);
  for (const std::string& name : names) {
    CAPTURE(name);
    const std::string here = std::string(cases) + name;
    const ScratchDirectory directory;
    const WorkingDirectory in_directory(directory.path());
    catalog::make_sqlite_file("database.db", text_in(here + "/database.sql"));
    const std::string before = text_in(here + "/before.hcl");
    directory.write("city.hcl", before);
    Words words = golden::lines_of(read_golden(here + "/args").value_or(""));
    words.insert(words.end(), {"database.db", "--update", "city.hcl"});

    const auto shown = update_with(words, {"--diff"});
    CHECK(shown.code == ExitCode::done);
    check_golden(here + "/diff.txt", shown.out);
    const auto checked = update_with(words, {"--check"});
    CHECK(checked.out.empty());
    CHECK(checked.err == shown.err);
    const bool is_flagged = contains(checked.err, "warning: ");
    CHECK((checked.code == ExitCode::findings) == (is_flagged || !shown.out.empty()));
    const auto both = update_with(words, {"--check", "--diff"});
    CHECK(both.code == checked.code);
    CHECK(both.out == shown.out);
    CHECK(text_in("city.hcl") == before);

    const auto updated = update_with(words);
    CHECK(updated.code == ExitCode::done);
    CHECK(updated.out.empty());
    check_golden(here + "/stderr.txt", updated.err);
    const std::string after = text_in("city.hcl");
    check_golden(here + "/after.hcl", after);
    CHECK((after == before) == shown.out.empty());
    RealFileSystem files;
    CHECK(cli::run_with(files, {}, {"validate", "city.hcl"}).code == ExitCode::done);

    const auto written = std::filesystem::last_write_time("city.hcl");
    const auto again = update_with(words);
    CHECK(again.code == ExitCode::done);
    CHECK(contains(again.err, "city.hcl: nothing to change"));
    CHECK(text_in("city.hcl") == after);
    CHECK(std::filesystem::last_write_time("city.hcl") == written);
    CHECK(update_with(words, {"--check"}).code == (is_flagged ? ExitCode::findings : ExitCode::done));
  }
}

TEST_CASE("what introspection writes needs no update") {
  const std::string folder = HONUA_SOURCE_DIR "/testdata/introspect/";
  const auto names = RealFileSystem().list_directory(folder).value();
  for (const std::string& name : names) {
    CAPTURE(name);
    const std::string here = folder + name;
    const ScratchDirectory directory;
    const WorkingDirectory in_directory(directory.path());
    catalog::make_sqlite_file("database.db", text_in(here + "/database.sql"));
    directory.write("found.hcl", text_in(here + "/hcl.txt"));
    Words words = golden::lines_of(read_golden(here + "/args").value_or(""));
    words.insert(words.end(), {"database.db", "--update", "found.hcl", "--check"});
    const auto result = update_with(words);
    CHECK(result.err.starts_with("note: found.hcl: nothing to change\n"));
    CHECK(contains(result.err, "2 relations left out") == (name == "geopackage"));
    CHECK(result.code == ExitCode::done);
  }
}

TEST_CASE("an update goes to another file or standard output if that is asked for") {
  const ScratchDirectory directory;
  const WorkingDirectory in_directory(directory.path());
  catalog::make_sqlite_file("a.db", "CREATE TABLE t (id INTEGER PRIMARY KEY);");
  directory.write("a.hcl", "# mine\n");
  const auto printed = update_with({"a.db", "--update", "a.hcl", "-o", "-"});
  CHECK(printed.code == ExitCode::done);
  CHECK(printed.out.starts_with("# mine\n\ndata_source \"db\" {"));
  CHECK(update_with({"a.db", "--update", "a.hcl", "-o", "b.hcl"}).code == ExitCode::done);
  CHECK(text_in("b.hcl") == printed.out);
  CHECK(text_in("a.hcl") == "# mine\n");
  CHECK(update_with({"a.db", "--update", "a.hcl", "-o", "b.hcl"}).code == ExitCode::usage);
}

TEST_CASE("a file that cannot be updated stays as it is") {
  const ScratchDirectory directory;
  const WorkingDirectory in_directory(directory.path());
  catalog::make_sqlite_file("a.db", "CREATE TABLE t (id INTEGER PRIMARY KEY);");
  const std::string broken = "layer \"x\" {\n  title = \"open\n";
  directory.write("broken.hcl", broken);
  const auto refused = update_with({"a.db", "--update", "broken.hcl"});
  CHECK(refused.code == ExitCode::failure);
  CHECK(contains(refused.err, "broken.hcl:2"));
  CHECK(contains(refused.err, "error: broken.hcl: is left as it is, since it has syntax errors"));
  CHECK(text_in("broken.hcl") == broken);
  const auto missing = update_with({"a.db", "--update", "none.hcl"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(contains(missing.err, "error: none.hcl: no such file or directory"));
  REQUIRE(::mkfifo("pipe.hcl", 0600) == 0);
  const auto pipe = update_with({"a.db", "--update", "pipe.hcl"});
  CHECK(pipe.code == ExitCode::failure);
  CHECK(contains(pipe.err, "error: pipe.hcl: is not a regular file"));
  directory.write("two.hcl", "data_source \"a\" {\n}\ndata_source \"b\" {\n}\n");
  const auto unclear = update_with({"a.db", "--update", "two.hcl"});
  CHECK(unclear.code == ExitCode::failure);
  CHECK(contains(unclear.err, "`a`, `b`; name one with `--data-source-id`"));
  CHECK(update_with({"a.db", "--update", "two.hcl", "--data-source-id", "b"}).code == ExitCode::done);
}

TEST_CASE("options that do not go with an update are refused") {
  struct Case {
    Words words;
    std::string says;
  };
  for (const Case& one :
       std::vector<Case>{{{"--diff"}, "`--diff` goes with `--update FILE`"},
                         {{"--check"}, "`--check` goes with `--update FILE`"},
                         {{"--update", "-"}, "standard input cannot be updated"},
                         {{"--update", "a.json"}, "`a.json` is JSON"},
                         {{"--update", "a.hcl.json"}, "`a.hcl.json` is JSON"},
                         {{"--update", "a.hcl", "--format", "json"}, "exclude each other"},
                         {{"--update", "a.hcl", "--diff", "-o", "b.hcl"}, "nothing to write"}}) {
    CAPTURE(one.says);
    const auto result = update_with({"/nowhere/a.db"}, one.words);
    CHECK(result.code == ExitCode::usage);
    CHECK(contains(result.err, one.says));
  }
}

}  // namespace honua::commands
