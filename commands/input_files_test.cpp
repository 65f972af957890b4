// SPDX-License-Identifier: MIT
#include "commands/input_files.h"

#include <doctest/doctest.h>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "base/memory_file_system.h"

// Failed comparisons print the names.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static doctest::String convert(const std::vector<std::string>& names) {
    std::string text = "{";
    for (const std::string& name : names) text += "\n    " + name;
    return (text + "}").c_str();
  }
};

namespace honua::commands {

namespace {

using Names = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

InputFiles find(const FileSystem& files, const Names& paths, const Variables& variables = {},
                const std::string& environment = "") {
  return find_input_files({paths, "", environment}, files, MapEnvironment(variables));
}

Names names_of(const InputFiles& found) {
  Names names;
  for (const InputFile& file : found.files) names.push_back(file.name);
  return names;
}

// "NAME: MESSAGE" of each failure.
Names failures_of(const InputFiles& found) {
  Names texts;
  for (const InputFailure& failure : found.failures) texts.push_back(failure.name + ": " + failure.message);
  return texts;
}

MemoryFileSystem with_files(const Names& names) {
  MemoryFileSystem files;
  for (const std::string& name : names) files.add(name, "");
  return files;
}

}  // namespace

TEST_CASE("files are taken in the order given and each one once") {
  MemoryFileSystem files = with_files({"b.hcl", "a.honua", "dir/c.hcl"});
  files.add_link("link.hcl", "b.hcl");
  CHECK(names_of(find(files, {"b.hcl", "a.honua", "./b.hcl", "link.hcl", "dir", "dir/c.hcl"})) ==
        Names{"b.hcl", "a.honua", "dir/c.hcl"});
}

TEST_CASE("a directory stands for its configuration files, sorted, without hidden ones and subdirectories") {
  const MemoryFileSystem files = with_files(
      {"conf/b.hcl", "conf/a.honua", "conf/B.HCL", "conf/c.hcl.json", "conf/other.json", "conf/notes.txt",
       "conf/.honua.hcl", "conf/.hidden.hcl", "conf/sub/deep.hcl", "conf/sub.hcl/deep.hcl"});
  const InputFiles found = find(files, {"conf/"});
  CHECK(names_of(found) == Names{"conf/B.HCL", "conf/a.honua", "conf/b.hcl", "conf/c.hcl.json"});
  CHECK(found.failures.empty());
  CHECK(found.files.back().form == SourceForm::hcl_json);
  CHECK(found.files.front().form == SourceForm::native);
}

TEST_CASE("a directory whose name looks like a file is a directory") {
  CHECK(names_of(find(with_files({"conf.hcl/a.hcl"}), {"conf.hcl"})) == Names{"conf.hcl/a.hcl"});
}

TEST_CASE("the current directory's files have no prefix") {
  CHECK(names_of(find(with_files({"a.hcl", "b.hcl"}), {"."})) == Names{"a.hcl", "b.hcl"});
}

TEST_CASE("what is named and cannot be read is a failure, and the other files are taken") {
  MemoryFileSystem files = with_files({"a.hcl", "notes.txt", "empty/notes.txt"});
  files.add_unreadable("closed", "permission denied", FileKind::directory);
  const InputFiles found = find(files, {"none.hcl", "a.hcl", "notes.txt", "empty", "closed", ""});
  CHECK(names_of(found) == Names{"a.hcl"});
  CHECK(failures_of(found) ==
        Names{"none.hcl: no such file or directory",
              "notes.txt: the file's name ends in none of .hcl, .honua, .hcl.json and .json",
              "empty: the directory holds no *.hcl, *.honua or *.hcl.json file", "closed: permission denied",
              ": the path is empty"});
}

TEST_CASE("a broken link or a pipe in a directory is said, not skipped") {
  MemoryFileSystem files = with_files({"conf/a.hcl"});
  files.add_link("conf/broken.hcl", "conf/gone.hcl");
  files.add_pipe("conf/pipe.hcl", "");
  const InputFiles found = find(files, {"conf"});
  CHECK(names_of(found) == Names{"conf/a.hcl"});
  CHECK(failures_of(found) == Names{"conf/broken.hcl: is a symbolic link to a missing file",
                                    "conf/pipe.hcl: is a pipe or a device, not a file"});
}

TEST_CASE("a pipe or device may have any name") {
  MemoryFileSystem files;
  files.add_pipe("/dev/fd/63", "");
  CHECK(names_of(find(files, {"/dev/fd/63"})) == Names{"/dev/fd/63"});
}

TEST_CASE("a .json file that is named is read, as HCL's JSON form only if it is called so") {
  const InputFiles found = find(with_files({"a.json", "b.hcl.json"}), {"a.json", "b.hcl.json"});
  REQUIRE(found.files.size() == 2);
  CHECK(found.files[0].form == SourceForm::json);
  CHECK(found.files[1].form == SourceForm::hcl_json);
}

TEST_CASE("standard input is taken once and called what --stdin-filename says") {
  const MemoryFileSystem files;
  CHECK(names_of(find(files, {"-", "-"})) == Names{"<stdin>"});
  const InputFiles named = find_input_files({{"-"}, "conf/a.hcl.json", ""}, files, MapEnvironment());
  CHECK(names_of(named) == Names{"conf/a.hcl.json"});
  CHECK(named.files.front().is_standard_input());
  CHECK(named.files.front().form == SourceForm::hcl_json);
}

TEST_CASE("without paths the variables are asked first") {
  const MemoryFileSystem files = with_files({"honua.config.hcl", "one.hcl", "two.hcl"});
  CHECK(names_of(find(files, {}, {{"HONUA_CONFIG", "one.hcl"}, {"HONUA_CONFIG_PATH", "two.hcl"}})) ==
        Names{"one.hcl"});
  CHECK(names_of(find(files, {}, {{"HONUA_CONFIG", ""}, {"HONUA_CONFIG_PATH", "two.hcl"}})) ==
        Names{"two.hcl"});
  CHECK(names_of(find(files, {"two.hcl"}, {{"HONUA_CONFIG", "one.hcl"}})) == Names{"two.hcl"});
  const InputFiles broken = find(files, {}, {{"HONUA_CONFIG", "gone.hcl"}});
  CHECK(failures_of(broken) == Names{"gone.hcl: no such file or directory"});
  CHECK(broken.failures.front().help == Names{"the path comes from the environment variable HONUA_CONFIG"});
}

TEST_CASE("without paths and variables the base files are looked for in their order") {
  Names left(std::begin(base_file_names), std::end(base_file_names));
  CHECK(left == Names{"honua.config.hcl", "honua.config.honua", "honua.hcl", "honua.honua", "config.hcl",
                      "config.honua"});
  while (!left.empty()) {
    CHECK(names_of(find(with_files(left), {})) == Names{left.front()});
    left.erase(left.begin());
  }
}

TEST_CASE("the overlay of the environment is taken behind the base file") {
  const MemoryFileSystem files =
      with_files({"honua.hcl", "honua.production.hcl", "honua.production.honua", "honua.staging.honua"});
  CHECK(names_of(find(files, {}, {}, "Production")) == Names{"honua.hcl", "honua.production.hcl"});
  CHECK(names_of(find(files, {}, {{"HONUA_ENVIRONMENT", "STAGING"}})) ==
        Names{"honua.hcl", "honua.staging.honua"});
  CHECK(names_of(find(files, {}, {{"ASPNETCORE_ENVIRONMENT", "Production"}})) ==
        Names{"honua.hcl", "honua.production.hcl"});
  CHECK(names_of(find(files, {}, {{"HONUA_ENVIRONMENT", "staging"}, {"ASPNETCORE_ENVIRONMENT", "production"}},
                      "production")) == Names{"honua.hcl", "honua.production.hcl"});
  CHECK(names_of(find(files, {}, {{"HONUA_ENVIRONMENT", "test"}})) == Names{"honua.hcl"});
  CHECK(names_of(find(with_files({"honua.test.hcl"}), {}, {}, "test")) == Names{"honua.test.hcl"});
}

TEST_CASE("an overlay may be written in JSON") {
  const MemoryFileSystem files =
      with_files({"conf/honua.hcl", "conf/honua.test.hcl.json", "conf/honua.other.hcl.json", "honua.hcl",
                  "honua.test.hcl.json"});
  const MapEnvironment environment(std::map<std::string, std::string>{{"HONUA_ENVIRONMENT", "test"}});
  const InputFiles in_directory = find_input_files({{"conf"}, "", ""}, files, environment);
  CHECK(names_of(in_directory) == Names{"conf/honua.hcl", "conf/honua.test.hcl.json"});
  CHECK(in_directory.files.back().is_overlay);
  const InputFiles discovered = find_input_files({{}, "", ""}, files, environment);
  CHECK(names_of(discovered) == Names{"honua.hcl", "honua.test.hcl.json"});
  CHECK(discovered.files.back().is_overlay);
  CHECK(discovered.files.back().form == SourceForm::hcl_json);
}

TEST_CASE("a base file that is also the overlay is taken once") {
  CHECK(names_of(find(with_files({"honua.config.hcl"}), {}, {}, "config")) == Names{"honua.config.hcl"});
}

TEST_CASE("a directory that is called like a base file is passed over") {
  CHECK(names_of(find(with_files({"config.hcl/a.hcl", "config.honua"}), {})) == Names{"config.honua"});
}

TEST_CASE("when nothing is found the failure says what was looked for") {
  const InputFiles found = find(MemoryFileSystem(), {}, {}, "test");
  CHECK(found.files.empty());
  CHECK(failures_of(found) == Names{": no configuration found in the current directory"});
  CHECK(found.failures.front().help ==
        Names{"looked for honua.test.hcl, honua.test.honua, honua.test.hcl.json, honua.config.hcl, "
              "honua.config.honua, honua.hcl, honua.honua, config.hcl, config.honua",
              "name a file or directory, or set HONUA_CONFIG"});
}

TEST_CASE("an environment whose name would lead out of the directory is refused without being printed") {
  const InputFiles found = find(with_files({"honua.hcl"}), {}, {{"HONUA_ENVIRONMENT", "../secret"}});
  CHECK(found.files.empty());
  CHECK(failures_of(found) == Names{": the value of HONUA_ENVIRONMENT cannot be part of a file's name"});
  CHECK(is_environment_name("production"));
  CHECK_FALSE(is_environment_name("a/b"));
  CHECK_FALSE(is_environment_name(""));
}

TEST_CASE("names of files are made fit for printing") {
  CHECK(names_of(find(with_files({"a\x1b[31m.hcl"}), {"a\x1b[31m.hcl"})).front().find('\x1b') ==
        std::string::npos);
}

TEST_CASE(
    "overlays that no environment chose are told of, where they are and which environment they are for") {
  const MemoryFileSystem files = with_files(
      {"c/honua.hcl", "c/honua.production.hcl", "c/honua.staging.hcl", "honua.hcl", "honua.Test.honua"});
  const InputFiles found = find(files, {"c"}, {}, "staging");
  CHECK(names_of(found) == Names{"c/honua.hcl", "c/honua.staging.hcl"});
  REQUIRE(found.other_overlays.size() == 1);
  CHECK(found.other_overlays[0].name == "c/honua.production.hcl");
  CHECK(found.other_overlays[0].environment == "production");
  const InputFiles here = find(files, {});
  REQUIRE(here.other_overlays.size() == 1);
  CHECK(here.other_overlays[0].environment == "test");
  CHECK(find(files, {}, {}, "test").other_overlays.empty());
}

TEST_CASE("directories with configuration files in a directory that is named are told of") {
  const MemoryFileSystem files =
      with_files({"c/honua.hcl", "c/services/a.hcl", "c/docs/a.md", "c/.git/a.hcl"});
  CHECK(find(files, {"c"}).unread_directories == Names{"c/services"});
  CHECK(find(files, {"c/honua.hcl"}).unread_directories.empty());
}

TEST_CASE("an overlay that is named beside its base file is told of") {
  const MemoryFileSystem files =
      with_files({"c/honua.hcl", "c/honua.production.hcl", "d/honua.production.hcl"});
  const InputFiles found = find(files, {"c/honua.production.hcl"});
  REQUIRE(found.named_overlays.size() == 1);
  CHECK(found.named_overlays[0].environment == "production");
  CHECK(find(files, {"d/honua.production.hcl"}).named_overlays.empty());
  CHECK(find(files, {"c/honua.hcl"}).named_overlays.empty());
}

}  // namespace honua::commands
