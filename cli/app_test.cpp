// SPDX-License-Identifier: MIT
#include "cli/app.h"

#include <doctest/doctest.h>
#include <array>
#include <new>
#include <ostream>
#include <stdexcept>
#include <string>

#include "cli/testing.h"

namespace honua::cli {

namespace {

using commands::CommandEntry;
using commands::ExitCode;

// A command that breaks as a defect would.
class BrokenCommand final : public commands::Command {
 public:
  void add_options(CLI::App& /*app*/) override {}
  ExitCode run(commands::CommandEnv& /*env*/) override { throw std::logic_error("two and two is five"); }
};

class GreedyCommand final : public commands::Command {
 public:
  void add_options(CLI::App& /*app*/) override {}
  ExitCode run(commands::CommandEnv& /*env*/) override { throw std::bad_alloc(); }
};

template <class T>
std::unique_ptr<commands::Command> make() {
  return std::make_unique<T>();
}

constexpr std::array test_commands = {
    CommandEntry{"break", "break", "", "", &make<BrokenCommand>},
    CommandEntry{"gorge", "gorge", "", "", &make<GreedyCommand>},
};

RunResult run_test_command(std::vector<std::string> arguments) {
  MemoryFileSystem files;
  return run_with(files, {}, std::move(arguments), "", false, test_commands);
}

}  // namespace

TEST_CASE("help goes to standard output and lists every command") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"}, {"-h"}, {"help"}}) {
    const RunResult result = run_words(words);
    CHECK(result.code == ExitCode::done);
    CHECK(result.err.empty());
    for (const CommandEntry& entry : commands::all_commands()) {
      CHECK(contains(result.out, entry.name));
      CHECK(contains(result.out, entry.summary));
    }
  }
}

TEST_CASE("a command's help shows its options and examples") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"validate", "--help"},
                                                {"help", "validate"},
                                                {"config", "validate", "--help"}}) {
    const RunResult result = run_words(words);
    CHECK(result.code == ExitCode::done);
    CHECK(result.err.empty());
    CHECK(contains(result.out, "Usage: honua validate [OPTIONS] [PATH...]"));
    CHECK(contains(result.out, "--format human|concise|json"));
    CHECK(contains(result.out, "Examples:"));
  }
}

TEST_CASE("without a command the help goes to standard error as wrong usage") {
  const RunResult result = run_words({});
  CHECK(result.code == ExitCode::usage);
  CHECK(result.out.empty());
  CHECK(contains(result.err, "Usage: honua"));
}

TEST_CASE("the version is one line and with --verbose names compiler and libraries") {
  CHECK(run_words({"--version"}).out == "honua " HONUA_TEST_VERSION "\n");
  CHECK(run_words({"-V"}).out == run_words({"--version"}).out);
  const RunResult verbose = run_words({"--version", "--verbose"});
  CHECK(verbose.code == ExitCode::done);
  for (const char* part : {"honua ", "compiler: ", "glibc ", "CLI11 2.", "utf8proc 2.", "Boost 1.", "dtl 1.",
                           "libmd 1.", "pugixml 1."}) {
    CHECK(contains(verbose.out, part));
  }
}

TEST_CASE("a mistyped command gets a suggestion") {
  const RunResult result = run_words({"valdate", "a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "error: unknown command `valdate`; did you mean `validate`?\n"
        "  help: `honua --help` lists the commands\n");
}

TEST_CASE("a file in place of a command is told how to check it") {
  const RunResult result = run_words({"./honua.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(contains(result.err, "unknown command `./honua.hcl`"));
  CHECK(contains(result.err, "honua validate PATH"));
}

TEST_CASE("a mistyped option gets a suggestion") {
  const RunResult result = run_words({"validate", "--formt=json", "a.hcl"});
  CHECK(result.code == ExitCode::usage);
  CHECK(result.err ==
        "error: unknown option `--formt`; did you mean `--format`?\n"
        "  help: `honua validate --help` lists the options\n");
  CHECK(contains(run_words({"--versoin"}).err, "did you mean `--version`?"));
}

TEST_CASE("every other mistake on the command line is wrong usage in our words") {
  struct Mistake {
    std::vector<std::string> words;
    std::string message;
  };
  const std::vector<Mistake> mistakes = {
      {{"validate", "--format", "jsn"}, "`jsn` is no value of `--format`; did you mean `json`?"},
      {{"validate", "--color=pink"}, "`pink` is no value of `--color`; expected one of auto, always, never"},
      {{"validate", "--format"}, "option `--format` needs a value"},
      {{"validate", "--format=", "json"}, "option `--format` needs a value"},
      {{"validate", "--environment", ""}, "option `--environment` needs a value"},
      {{"render", "--target=upstream", "-o", ""}, "option `--output` needs a value"},
      {{"validate", "--syntax-only", "--expressions-only"},
       "`--syntax-only` and `--expressions-only` exclude each other"},
      {{"explain", "[x]"}, "there is no rule `[x]`"},
      {{"validate", "--syntax-only=no"}, "option `--syntax-only` takes no value"},
      {{"validate", "-x"}, "unknown option `-x`"},
      {{"validate", "--environment", "a/b"}, "`a/b` cannot name an environment"},
      {{"--verbose", "validate"}, "the command comes before its options"},
      {{"config"}, "`honua config` needs a command"},
      {{"config", "valdate"}, "unknown command `config valdate`; did you mean `config validate`?"},
      {{"-"}, "unknown command `-`"},
  };
  for (const Mistake& mistake : mistakes) {
    const RunResult result = run_words(mistake.words);
    CAPTURE(mistake.message);
    CAPTURE(result.err);
    CHECK(result.code == ExitCode::usage);
    CHECK(result.out.empty());
    CHECK(contains(result.err, "error: " + mistake.message));
  }
}

TEST_CASE("control characters in a mistyped command are made visible") {
  const RunResult result = run_words({"\x1b[31mvalidate\n"});
  CHECK(result.code == ExitCode::usage);
  CHECK_FALSE(contains(result.err, "\x1b"));
}

TEST_CASE("the last value of a repeated option counts") {
  TestWorld world;
  world.files.add("a.hcl", "a = 1\n");
  const RunResult result =
      run_in(world, {"validate", "--expressions-only", "--format", "json", "--format", "human", "a.hcl"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.empty());
}

TEST_CASE("honua config validate means honua validate") {
  TestWorld world;
  world.files.add("a.hcl", "a = \n");
  const RunResult plain = run_in(world, {"validate", "a.hcl"});
  const RunResult alias = run_in(world, {"config", "validate", "a.hcl"});
  CHECK(plain.code == ExitCode::findings);
  CHECK(alias.code == plain.code);
  CHECK(alias.out == plain.out);
  CHECK(alias.err == plain.err);
}

TEST_CASE("a value in brackets is one value and paths behind -- are no options") {
  TestWorld world;
  world.files.add("[a,b]", "");
  world.files.add("--format", "");
  CHECK(contains(run_in(world, {"validate", "[a,b]"}).err, "`[a,b]`"));
  world.input = "a = ";
  const RunResult named = run_in(world, {"validate", "--format=concise", "--stdin-filename", "[c,d]", "-"});
  CHECK(named.out.starts_with("[c,d]:1:"));
  CHECK(contains(run_in(world, {"validate", "--", "--format"}).err, "`--format`"));
}

TEST_CASE("a defect is reported as one and is a failure") {
  const RunResult result = run_test_command({"break"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.out.empty());
  CHECK(contains(result.err, "error: internal error: two and two is five"));
  CHECK(contains(result.err, "defect of honua"));
}

TEST_CASE("running out of memory is a failure but no defect") {
  const RunResult result = run_test_command({"gorge"});
  CHECK(result.code == ExitCode::failure);
  CHECK(result.err == "error: out of memory\n");
}

}  // namespace honua::cli
