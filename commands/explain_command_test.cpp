// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>

#include "cli/testing.h"
#include "commands/registry.h"
#include "planning/plan_rules.h"

namespace honua::commands {

using cli::contains;
using cli::run_in;
using cli::RunResult;
using cli::TestWorld;

TEST_CASE("explain tells what a rule means, with examples, by code and by name") {
  TestWorld world;
  const RunResult by_code = run_in(world, {"explain", "h1004"});
  CHECK(by_code.code == ExitCode::done);
  CHECK(by_code.out ==
        "H1004 log-level-unknown (error, server)\n\n"
        "a log level is one that the server knows\n\n"
        "The server refuses to start with a level that it does not know.\n\n"
        "found in:\n\n    honua {\n      log_level = \"info\"\n    }\n\n"
        "mended:\n\n    honua {\n      log_level = \"information\"\n    }\n");
  CHECK(run_in(world, {"explain", "log-level-unknown"}).out == by_code.out);
}

TEST_CASE("explain says which rules are reported for a target only") {
  TestWorld world;
  constexpr const char* note = "\nfound in, with `--target upstream`:\n";
  CHECK(run_in(world, {"explain", "H0118"}).out.find(note) != std::string::npos);
  CHECK(run_in(world, {"explain", "H1004"}).out.find(note) == std::string::npos);
}

TEST_CASE("explain lists every rule, one a line") {
  TestWorld world;
  const RunResult result = run_in(world, {"explain", "--list"});
  CHECK(result.code == ExitCode::done);
  CHECK(std::count(result.out.begin(), result.out.end(), '\n') ==
        static_cast<std::ptrdiff_t>(all_rules().size() + planning::change_rules().size()));
  for (const diagnostics::RuleInfo* info : all_rules())
    CHECK(result.out.find(info->rule->code) != std::string::npos);
}

TEST_CASE("explain in JSON counts the rules and says which are left out") {
  TestWorld world;
  const RunResult result = run_in(world, {"explain", "--list", "--format", "json"});
  CHECK(result.code == ExitCode::done);
  CHECK(result.out.find("\"count\": " + std::to_string(all_rules().size()) + ",") != std::string::npos);
  CHECK(result.out.find("\"left_out\": [") != std::string::npos);
  for (const LeftOut& one : left_out_rules()) {
    CHECK_FALSE(one.reason.empty());
    for (const diagnostics::RuleInfo* info : all_rules()) CHECK(info->rule->code != one.code);
  }
}

TEST_CASE("explain shows unprintable bytes of an example in a printable form") {
  TestWorld world;
  CHECK(run_in(world, {"explain", "H0031"}).out ==
        "H0031 invalid-encoding (error, syntax)\n\n"
        "files are well-formed UTF-8\n\n"
        "A file in another encoding shows wrong letters at best. Save it as UTF-8.\n\n"
        "cannot be turned off or ignored\n\n"
        "found in:\n\n"
        "    # Stra\\xdfen der Stadt\n"
        "    honua {\n      version     = \"1.0\"\n      environment = \"development\"\n    }\n\n"
        "mended:\n\n"
        "    # Stra\xC3\x9F"
        "en der Stadt\n"
        "    honua {\n      version     = \"1.0\"\n      environment = \"development\"\n    }\n");
  CHECK(run_in(world, {"explain", "H0117"}).out.find("\\u{feff}# The city's maps.") != std::string::npos);
  const std::string json = run_in(world, {"explain", "H0117", "--format", "json"}).out;
  CHECK(json.find("\xEF\xBB\xBF") == std::string::npos);
}

TEST_CASE("explain says why a rule has no example") {
  TestWorld world;
  CHECK(run_in(world, {"explain", "H0047"}).out ==
        "H0047 nesting-too-deep (error, syntax)\n\n"
        "brackets, blocks and templates nest up to a limit\n\n"
        "No real configuration nests a thousand levels deep. The limit keeps damaged or hostile files from "
        "exhausting the program's stack.\n\ncannot be turned off or ignored\n\n"
        "without an example: it takes more than a thousand brackets\n");
  CHECK(run_in(world, {"explain", "H0047", "--format", "json"}).out.find("\"not_shown\": \"it takes") !=
        std::string::npos);
}

TEST_CASE("explain says which option a finding takes") {
  TestWorld world;
  CHECK(run_in(world, {"explain", "H0111"}).out.find("found in, with `--env require`:\n") !=
        std::string::npos);
  CHECK(run_in(world, {"explain", "H0111", "--format", "json"}).out.find("\"option\": \"--env require\"") !=
        std::string::npos);
}

TEST_CASE("explain refuses what is no rule and suggests one") {
  TestWorld world;
  const RunResult result = run_in(world, {"explain", "log-level-unknwon"});
  CHECK(result.code == ExitCode::usage);
  CHECK(result.out.empty());
  CHECK(result.err ==
        "error: there is no rule `log-level-unknwon`\n  help: did you mean `log-level-unknown`?\n");
  CHECK(run_in(world, {"explain"}).code == ExitCode::usage);
  CHECK(run_in(world, {"explain", "--list", "H1004"}).code == ExitCode::usage);
}

TEST_CASE("categories and beginnings of codes list their rules") {
  TestWorld world;
  const RunResult category = run_in(world, {"explain", "security"});
  CHECK(category.code == ExitCode::done);
  CHECK(contains(category.out, "H5101 error connection-secret (security): "));
  CHECK_FALSE(contains(category.out, "H2006"));
  CHECK(contains(run_in(world, {"explain", "H20"}).out, "H2006 warning service-without-layers (service): "));
  CHECK(contains(run_in(world, {"explain", "h2006"}).out, "found in:"));
  CHECK(run_in(world, {"explain", "sekurity"}).code == ExitCode::usage);
}

TEST_CASE("of rules about comments it is told that comments cannot ignore them") {
  TestWorld world;
  CHECK(contains(run_in(world, {"explain", "H0160"}).out, "\ncannot be ignored by a comment\n"));
}

}  // namespace honua::commands
