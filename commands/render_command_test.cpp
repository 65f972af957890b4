// SPDX-License-Identifier: MIT
#include "commands/render_command.h"

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

constexpr const char* database =
    "data_source \"db\" {\n  provider = \"sqlite\"\n  connection = env(\"DB\")\n}\n";

RunResult validate_for_upstream(const std::string& text) {
  TestWorld world;
  world.files.add("rendered.hcl", text);
  return run_in(world,
                {"validate", "--target=upstream", "--format=concise", "--fail-on=never", "rendered.hcl"});
}

}  // namespace

TEST_CASE("every case of rendering writes what is beside it") { golden::check_outputs("render", 8); }

TEST_CASE("the names of cases of rendering say what becomes of them") {
  golden::check_names_of_outputs("render");
}

TEST_CASE("whatever is rendered is read by the server as it stands") {
  std::size_t count = 0;
  for (const std::string folder : {"validate", "examples", "render"}) {
    const WorkingDirectory in_directory(HONUA_SOURCE_DIR "/testdata/" + folder);
    for (const std::string& name : golden::names_here()) {
      const std::string text = read_golden(name).value_or("");
      if (golden::stem_of(name).empty()) continue;
      CAPTURE(name);
      TestWorld world;
      world.files.add(name, text);
      const RunResult rendered = run_in(world, {"render", "--target=upstream", name});
      if (rendered.code != ExitCode::done) continue;
      ++count;
      const RunResult checked = validate_for_upstream(rendered.out);
      CAPTURE(rendered.out);
      CAPTURE(checked.out);
      // What the server reads without using it (H0129) is kept: other versions may use it.
      for (const char* code : {"H0118", "H0127", "H0128", "error["}) CHECK_FALSE(contains(checked.out, code));
    }
  }
  CHECK(count >= 10);
}

TEST_CASE("a file is replaced as a whole, and only when there is something to write") {
  TestWorld world;
  world.files.add("a.hcl", database);
  world.files.add("out.hcl", "before");
  const RunResult result = run_in(world, {"render", "--target=upstream", "-o", "out.hcl", "a.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.empty());
  CHECK(contains(*world.files.read_file("out.hcl", 1000), "\"${env:DB}\""));

  world.files.add("out.hcl", "before");
  world.files.add("a.hcl", "cache \"redis\" {\n  connection = env(\"R\")\n  ttl = 5\n}\n");
  CHECK(run_in(world, {"render", "--target=upstream", "--strict", "-o", "out.hcl", "a.hcl"}).code ==
        ExitCode::findings);
  CHECK(*world.files.read_file("out.hcl", 1000) == "before");
  CHECK(run_in(world, {"render", "--target=upstream", "-o", "out.hcl", "a.hcl"}).code == ExitCode::done);
  CHECK(*world.files.read_file("out.hcl", 1000) != "before");

  world.files.add("out.hcl", "before");
  world.files.add("a.hcl", "honua {\n  log_level = \"chatty\"\n}\n");
  CHECK(run_in(world, {"render", "--target=upstream", "-o", "out.hcl", "a.hcl"}).code == ExitCode::findings);
  CHECK(*world.files.read_file("out.hcl", 1000) == "before");
}

TEST_CASE("a file that cannot be written or read is a failure") {
  TestWorld world;
  world.files.add("a.hcl", database);
  world.files.add_directory("out");
  const RunResult result = run_in(world, {"render", "--target=upstream", "-o", "out", "a.hcl"});
  CHECK(result.code == ExitCode::failure);
  CHECK(contains(result.err, "error: cannot write `out`: "));
  const RunResult missing = run_in(world, {"render", "--target=upstream", "gone.hcl"});
  CHECK(missing.code == ExitCode::failure);
  CHECK(missing.out.empty());
}

TEST_CASE("more warnings than are kept hinder nothing and hide no error") {
  std::string text;
  for (std::size_t i = 0; i < diagnostics::max_diagnostics + 5; ++i)
    text += "variable \"a" + std::to_string(i) + "\" {}\n";
  TestWorld world;
  world.files.add("a.hcl", text);
  CHECK(run_in(world, {"render", "--target=upstream", "a.hcl"}).code == ExitCode::done);
  world.files.add("a.hcl", text + "service \"odata\" {\n  max_page_size = 0\n}\n");
  const RunResult result = run_in(world, {"render", "--target=upstream", "a.hcl"});
  CHECK(result.code == ExitCode::findings);
  CHECK(result.out.empty());
  CHECK(contains(result.err, "max_page_size"));
}

TEST_CASE("the overlay of an environment is rendered into the file it is laid over") {
  TestWorld world;
  world.files.add("honua.hcl", "honua {\n  version = \"1.0\"\n  environment = \"development\"\n}\n");
  world.files.add("honua.staging.hcl", "honua {\n  environment = \"staging\"\n}\n");
  const RunResult result = run_in(world, {"render", "--target=upstream", "--environment=staging"});
  CHECK(result.code == ExitCode::done);
  CHECK(contains(result.out, "environment = \"staging\""));
  const RunResult checked =
      run_in(world, {"validate", "--target=upstream", "--format=concise", "--environment=staging"});
  CHECK(contains(checked.out, "honua.staging.hcl:1:1: warning[H0129 "));
}

TEST_CASE("rendering needs a target, and another file than its source") {
  TestWorld world;
  world.files.add("a.hcl", database);
  const RunResult aimless = run_in(world, {"render", "a.hcl"});
  CHECK(aimless.code == ExitCode::usage);
  CHECK(aimless.err ==
        "error: `honua render` needs to know whom to write for\n  help: add `--target upstream`\n");
  const RunResult itself = run_in(world, {"render", "--target=upstream", "-o", "a.hcl", "a.hcl"});
  CHECK(itself.code == ExitCode::usage);
  CHECK(contains(itself.err, "`a.hcl` is a part of the configuration itself"));
  CHECK(run_in(world, {"render", "--target=downstream", "a.hcl"}).code == ExitCode::usage);
  CHECK(run_in(world, {"render", "--target=upstream", "--environment=a/b", "a.hcl"}).code == ExitCode::usage);
}

TEST_CASE("without a target nothing is said of the server at hand") {
  TestWorld world;
  world.files.add("a.hcl", database);
  CHECK_FALSE(contains(run_in(world, {"validate", "--format=concise", "a.hcl"}).out, "H0128"));
  CHECK(contains(run_in(world, {"validate", "--target=upstream", "--format=concise", "a.hcl"}).out, "H0128"));
  const RunResult unused = run_in(world, {"validate", "--target=upstream", "--syntax-only", "a.hcl"});
  CHECK(contains(unused.err, "note: `--target` was not used"));
}

TEST_CASE("what is rendered does not become a part of the directory that it comes from") {
  TestWorld world;
  world.files.add("conf/honua.hcl", database);
  for (const std::string output : {"conf/server.hcl", "./conf/server.HONUA", "conf/../conf/x.hcl.json"}) {
    CAPTURE(output);
    const RunResult result = run_in(world, {"render", "--target=upstream", "-o", output, "conf"});
    CHECK(result.code == ExitCode::usage);
    CHECK(contains(result.err, "would become a part of the configuration itself"));
    CHECK_FALSE(world.files.read_file(output, 1000).has_value());
  }
  for (const std::string output : {"server.hcl", "conf/server.txt", "conf/.server.hcl"}) {
    CAPTURE(output);
    CHECK(run_in(world, {"render", "--target=upstream", "-o", output, "conf"}).code == ExitCode::done);
  }
}

}  // namespace honua::commands
