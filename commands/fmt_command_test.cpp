// SPDX-License-Identifier: MIT
// Each *.hcl and *.honua in testdata/fmt is a case: what is made of it as
// standard input is NAME.stdout and NAME.stderr, with the arguments of
// NAME.args, one a line, and the exit code NAME.exit if it is not 0.
#include "commands/fmt_command.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/testing.h"
#include "commands/golden_cases_for_test.h"

namespace honua::commands {

using cli::contains;
using cli::run_in;
using cli::RunResult;
using cli::TestWorld;

namespace {

std::string content(const TestWorld& world, const std::string& path) {
  return world.files.read_file(path, 1 << 20).value().to_string();
}

RunResult fmt_input(const std::string& input, std::vector<std::string> arguments = {}) {
  TestWorld world;
  world.input = input;
  arguments.insert(arguments.begin(), "fmt");
  arguments.emplace_back("-");
  return run_in(world, std::move(arguments));
}

// What `honua show` says of a text, without the places, which are bound to move.
std::string values_of(const std::string& name, const std::string& text) {
  TestWorld world;
  world.files.add(name, text);
  const std::string shown = run_in(world, {"show", name}).out;
  std::string values;
  std::istringstream lines(shown);
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.size(), line.rfind("  # ")));
    line.resize(line.find_last_not_of(' ') + 1);
    values += line + '\n';
  }
  return values;
}

// The rules of all findings, apart from those on forms and layout.
std::multiset<std::string> findings_in(const std::string& name, const std::string& text) {
  static const std::set<std::string> about_form = {"H0104", "H0107", "H0108", "H0117", "H0119",
                                                   "H0121", "H0122", "H0123", "H0124", "H0153"};
  TestWorld world;
  world.files.add(name, text);
  const std::string report = run_in(world, {"validate", "--format=concise", "--fail-on=never", name}).out;
  std::multiset<std::string> found;
  for (std::size_t at = report.find("[H"); at != std::string::npos; at = report.find("[H", at + 1)) {
    const std::string rule = report.substr(at + 1, 5);
    if (!about_form.contains(rule)) found.insert(rule);
  }
  return found;
}

}  // namespace

TEST_CASE("every case of formatting gives what is beside it") {
  const WorkingDirectory in_directory(HONUA_SOURCE_DIR "/testdata/fmt");
  const std::vector<golden::Case> cases = golden::find_cases();
  CHECK(cases.size() >= 8);
  for (const golden::Case& one : cases) {
    CAPTURE(one.file);
    std::vector<std::string> arguments = one.more_arguments;
    arguments.push_back("--stdin-filename=" + one.file);
    const RunResult result = fmt_input(read_golden(one.file).value_or(""), arguments);
    if (accepting()) golden::accept(one, result, !result.err.empty());
    CHECK(result.out == read_golden(one.stem + ".stdout").value_or(""));
    CHECK(result.err == read_golden(one.stem + ".stderr").value_or(""));
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
    // What was formatted is formatted.
    if (result.code == ExitCode::done && arguments.size() == 1)
      CHECK(fmt_input(result.out).out == result.out);
  }
  golden::check_every_file_belongs_to_a_case();
}

TEST_CASE("formatting changes neither values nor findings of any example") {
  std::size_t count = 0;
  std::size_t changed = 0;
  for (const std::string folder : {"examples", "validate", "render", "fmt"}) {
    const WorkingDirectory in_directory(HONUA_SOURCE_DIR "/testdata/" + folder);
    for (const std::string& name : golden::names_here()) {
      if (!is_native_name(name)) continue;
      const std::string text = read_golden(name).value_or("");
      const RunResult formatted = fmt_input(text);
      if (formatted.code != ExitCode::done) continue;
      CAPTURE(folder);
      CAPTURE(name);
      ++count;
      if (formatted.out != text) ++changed;
      CHECK(values_of(name, formatted.out) == values_of(name, text));
      CHECK(findings_in(name, formatted.out) == findings_in(name, text));
      CHECK(fmt_input(formatted.out).out == formatted.out);
    }
  }
  CHECK(count > 50);
  CHECK(changed > 10);
}

TEST_CASE("fmt rewrites files that differ and names them") {
  TestWorld world;
  world.files.add("a.hcl", "a=1\n");
  world.files.add("b.honua", "b = 1\n");
  world.files.add(".hidden.hcl", "c=1\n");
  world.files.add("d.hcl.json", "{ }");
  world.files.add("sub/e.hcl", "e=1\n");
  const RunResult result = run_in(world, {"fmt"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out == "a.hcl\n");
  CHECK(result.err.empty());
  CHECK(content(world, "a.hcl") == "a = 1\n");
  CHECK(content(world, ".hidden.hcl") == "c=1\n");
  CHECK(content(world, "sub/e.hcl") == "e=1\n");
  CHECK(run_in(world, {"fmt"}).out.empty());
}

TEST_CASE("fmt enters the directories in directories where it is asked to") {
  TestWorld world;
  world.files.add("c/z.hcl", "a=1\n");
  world.files.add("c/a/b/y.hcl", "a=1\n");
  world.files.add("c/a/x.hcl", "a=1\n");
  world.files.add("c/.git/w.hcl", "a=1\n");
  world.files.add_link("c/a/b/loop", "c");
  CHECK(run_in(world, {"fmt", "--recursive", "c"}).out == "c/z.hcl\nc/a/x.hcl\nc/a/b/y.hcl\n");
  CHECK(content(world, "c/.git/w.hcl") == "a=1\n");
}

TEST_CASE("with --check nothing is written and what differs is a finding") {
  TestWorld world;
  world.files.add("a.hcl", "a=1\n");
  world.files.add("b.hcl", "b = 1\n");
  const RunResult result = run_in(world, {"fmt", "--check", "a.hcl", "b.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(result.out == "a.hcl\n");
  CHECK(content(world, "a.hcl") == "a=1\n");
  CHECK(run_in(world, {"fmt", "--check", "b.hcl"}).code == ExitCode::done);
  const RunResult input = fmt_input("a=1\n", {"--check"});
  CHECK(input.code == ExitCode::findings);
  CHECK(input.out == "<stdin>\n");
  CHECK(fmt_input("a = 1\n", {"--check"}).out.empty());
}

TEST_CASE("with --diff the differences are shown and are findings, and nothing is written") {
  const std::string diff = "--- a.hcl\n+++ a.hcl\n@@ -1 +1 @@\n-a=1\n+a = 1\n";
  TestWorld world;
  world.files.add("a.hcl", "a=1\n");
  CHECK(run_in(world, {"fmt", "--check", "--diff", "a.hcl"}).out == "a.hcl\n" + diff);
  CHECK(content(world, "a.hcl") == "a=1\n");
  const RunResult alone = run_in(world, {"fmt", "--diff", "a.hcl"});
  CHECK(alone.out == diff);
  CHECK(alone.code == ExitCode::findings);
  CHECK(content(world, "a.hcl") == "a=1\n");
  world.files.add("b.hcl", "b = 1\n");
  CHECK(run_in(world, {"fmt", "--diff", "b.hcl"}).code == ExitCode::done);
  CHECK(fmt_input("a=1\n", {"--diff", "--stdin-filename=a.hcl"}).out == diff);
  CHECK(fmt_input("a = 1\n", {"--diff"}).out.empty());
}

TEST_CASE("differences show neither secrets nor what steers terminals") {
  const std::string text =
      "password='hunter2'\nconnection=\"Host=db;Password=hunter2\"\nurl=\"redis://:hunter2@cache\"\n"
      "token=<<E\nhunter2\nE\nx=\"\x1b[31m\"\ny =\t1\r\n";
  const RunResult result = fmt_input(text, {"--diff"});
  CHECK_FALSE(contains(result.out, "hunter2"));
  CHECK_FALSE(contains(result.out, "\x1b"));
  CHECK_FALSE(contains(result.out, "\r"));
  CHECK(contains(result.out, "-y =\t1\n"));
  CHECK(contains(result.out, "@@ -1,8 +1,8 @@"));
  CHECK(contains(fmt_input(text).out, "hunter2"));
}

TEST_CASE("a file with syntax errors stays as it is and the others are formatted") {
  TestWorld world;
  world.files.add("a.hcl", "a=\n");
  world.files.add("b.hcl", "b=1\n");
  const RunResult result = run_in(world, {"fmt"});
  CHECK(result.code == ExitCode::findings);
  CHECK(result.out == "b.hcl\n");
  CHECK(contains(result.err, "error[H"));
  CHECK(contains(result.err, "a.hcl:1:3"));
  CHECK(content(world, "a.hcl") == "a=\n");
  const RunResult input = fmt_input("a=\n");
  CHECK(input.code == ExitCode::findings);
  CHECK(input.out.empty());
}

TEST_CASE("what cannot be found, read or written is a failure and keeps nothing else from being formatted") {
  TestWorld world;
  world.files.add_unreadable("a.hcl", "permission denied");
  world.files.add("b.hcl", "b=1\n");
  world.files.add("c.txt", "c=1\n");
  world.files.add_pipe("d.hcl", "d=1\n");
  const RunResult result = run_in(world, {"fmt", "a.hcl", "missing.hcl", "c.txt", "d.hcl", "", "b.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.out == "b.hcl\n");
  CHECK(contains(result.err, "error: a.hcl: permission denied\n"));
  CHECK(contains(result.err, "error: missing.hcl: no such file or directory\n"));
  CHECK(contains(result.err, "error: c.txt: the file's name ends in neither .hcl nor .honua\n"));
  CHECK(contains(result.err, "error: d.hcl: cannot write: is not a regular file\n"));
  CHECK(contains(result.err, "error: : the path is empty\n"));
}

TEST_CASE("members of a directory that are no files are failures") {
  TestWorld world;
  world.files.add_pipe("c/a.hcl", "a=1\n");
  world.files.add_link("c/b.hcl", "nowhere.hcl");
  const RunResult result = run_in(world, {"fmt", "c"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.err, "error: c/a.hcl: is a pipe or a device, not a file\n"));
  CHECK(contains(result.err, "error: c/b.hcl: is a symbolic link to a missing file\n"));
}

TEST_CASE("JSON and directories without files are noted") {
  TestWorld world;
  world.files.add("a.hcl.json", "{}");
  world.files.add("b.json", "{}");
  world.files.add_directory("c");
  const RunResult result = run_in(world, {"fmt", "a.hcl.json", "b.json", "c"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.err ==
        "note: a.hcl.json: JSON is not formatted\nnote: b.json: JSON is not formatted\n"
        "note: c: the directory holds no *.hcl or *.honua file\n");
}

TEST_CASE("a file that is named twice is formatted once") {
  TestWorld world;
  world.files.add("c/a.hcl", "a=1\n");
  world.files.add_link("b.hcl", "c/a.hcl");
  const RunResult result = run_in(world, {"fmt", "--check", "c/a.hcl", "c", "./c/a.hcl", "b.hcl", "c"});
  CHECK(result.out == "c/a.hcl\n");
  CHECK(result.err.empty());
}

TEST_CASE("line ends are kept, a byte order mark goes, and what is empty stays so") {
  CHECK(fmt_input("a=1\r\nb {c=2}\r\n").out == "a = 1\r\nb { c = 2 }\r\n");
  CHECK(fmt_input("\xEF\xBB\xBF"
                  "a=1\n")
            .out == "a = 1\n");
  CHECK(fmt_input("").out.empty());
  CHECK(fmt_input("", {"--check"}).code == ExitCode::done);
  CHECK(fmt_input("\xEF\xBB\xBF").out.empty());
}

TEST_CASE("a huge line takes no more than its length") {
  std::string list = "a=[";
  for (int i = 0; i < 300'000; ++i) list += "1,";
  const RunResult result = fmt_input(list + "]\n");
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.size() == list.size() + 300'000 + 4);
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "a" + std::to_string(i) + "='x' ";
  CHECK(std::ranges::count(fmt_input(items + "\n").out, '\n') == 3000);
}

TEST_CASE("more forms than are reported in one go are rewritten nevertheless") {
  std::string items;
  for (std::size_t i = 0; i < diagnostics::max_diagnostics + 5; ++i)
    items += "a" + std::to_string(i) + " = 'x'\n";
  CHECK_FALSE(contains(fmt_input(items).out, "'"));
}

TEST_CASE("forms are kept for the server at hand and in plain HCL") {
  const std::string text = "a=\"${env:X}\"\nb='y'\n";
  CHECK(fmt_input(text).out == "a = env(\"X\")\nb = \"y\"\n");
  CHECK(fmt_input(text, {"--target=upstream"}).out == "a = \"${env:X}\"\nb = 'y'\n");
  CHECK(fmt_input(text, {"--dialect=hcl"}).code == ExitCode::findings);
  CHECK(fmt_input("a=True\n", {"--dialect=hcl"}).out == "a = True\n");
  CHECK(fmt_input("a=True\nb=env . X\n").out == "a = true\nb = env(\"X\")\n");
  CHECK(fmt_input("a=[for True in b:True]\nc={True=1}\n").out ==
        "a = [for True in b : True]\nc = { True = 1 }\n");
}

TEST_CASE("what the environment holds makes no difference") {
  TestWorld world;
  world.environment = {{"X", "1"}};
  world.input = "a=env(\"X\")==\"1\"?True:env.Y\n";
  CHECK(run_in(world, {"fmt", "-"}).out == "a = env(\"X\") == \"1\" ? true : env(\"Y\")\n");
}

TEST_CASE("fmt tells its options in its help") {
  check_golden(HONUA_SOURCE_DIR "/testdata/fmt-help.txt", cli::run_words({"fmt", "--help"}).out);
}

TEST_CASE("the project's target keeps forms as `--target` does") {
  TestWorld world;
  world.files.add(".honua.hcl", "tool \"validate\" {\n  target = \"upstream\"\n}\n");
  world.files.add("a.hcl", "a=\"${env:X}\"\n");
  CHECK(run_in(world, {"fmt", "a.hcl"}).code == ExitCode::done);
  CHECK(content(world, "a.hcl") == "a = \"${env:X}\"\n");
  CHECK(run_in(world, {"fmt", "--no-project", "a.hcl"}).code == ExitCode::done);
  CHECK(content(world, "a.hcl") == "a = env(\"X\")\n");
}

TEST_CASE("a project file that can't be used keeps fmt from writing") {
  TestWorld world;
  world.files.add(".honua.hcl", "tool \"validate\" {\n  target = \"upsteam\"\n}\n");
  world.files.add("a.hcl", "a=1\n");
  const RunResult result = run_in(world, {"fmt", "a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(contains(result.err, "`.honua.hcl:2:12`: `target` takes `upstream`"));
  CHECK(content(world, "a.hcl") == "a=1\n");
}

TEST_CASE("forms that a comment wants ignored stay, whatever day it names") {
  CHECK(fmt_input("a='x' # honua:ignore H0121 the server at hand\nb='y'\n").out ==
        "a = 'x' # honua:ignore H0121 the server at hand\nb = \"y\"\n");
  CHECK(fmt_input("# honua:ignore-file single-quoted-string why (until 2001-01-01)\na='x'\n").out ==
        "# honua:ignore-file single-quoted-string why (until 2001-01-01)\na = 'x'\n");
}

TEST_CASE("a shell's default is not made a part of a variable's name") {
  const std::string text = "a = \"${env:DB:-Host=x}\"\n";
  CHECK(fmt_input(text).out == text);
}

TEST_CASE("JSON on standard input is passed on as it is, with a note") {
  const RunResult result = fmt_input("{\"a\":1}", {"--stdin-filename", "a.hcl.json"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out == "{\"a\":1}");
  CHECK(contains(result.err, "note: a.hcl.json: JSON is not formatted"));
  CHECK(fmt_input("{\"a\":1}", {"--check", "--stdin-filename", "a.hcl.json"}).out.empty());
}

TEST_CASE("a file that was changed while it was formatted is left alone") {
  // Changes the file as soon as it was read.
  class Busy final : public FileSystem {
   public:
    explicit Busy(MemoryFileSystem& files) : files_(files) {}
    [[nodiscard]] FileKind kind(const std::string& path) const override { return files_.kind(path); }
    [[nodiscard]] std::string identity(const std::string& path) const override {
      return files_.identity(path);
    }
    [[nodiscard]] Result<FileContent> read_file(const std::string& path,
                                                std::size_t max_size) const override {
      auto content = files_.read_file(path, max_size);
      files_.add("a.hcl", "b=2\n");
      return content;
    }
    [[nodiscard]] Result<std::vector<std::string>> list_directory(const std::string& path) const override {
      return files_.list_directory(path);
    }
    [[nodiscard]] Result<void> write_file_atomically(const std::string& path,
                                                     std::string_view text) override {
      return files_.write_file_atomically(path, text);
    }
    [[nodiscard]] Result<void> create_private_file(const std::string& path, std::string_view text) override {
      return files_.create_private_file(path, text);
    }

   private:
    MemoryFileSystem& files_;
  };
  MemoryFileSystem files;
  files.add("a.hcl", "a=1\n");
  Busy busy(files);
  const RunResult result = cli::run_with(busy, {}, {"fmt", "--no-project", "a.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.err, "changed by somebody else meanwhile"));
  CHECK(files.read_file("a.hcl", 1U << 20U)->to_string() == "b=2\n");
}

}  // namespace honua::commands
