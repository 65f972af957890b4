// SPDX-License-Identifier: MIT
// The cases of testdata/validate: see golden_for_test.h. They are called
// `fail-`, `warn-` or `ok-` by what becomes of them.
#include <doctest/doctest.h>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/golden_for_test.h"
#include "commands/registry.h"
#include "validation/validator.h"

namespace honua::commands {

using golden::accept;
using golden::accepting;
using golden::Case;
using golden::find_cases;
using golden::read;
using golden::run_case;
using golden::WorkingDirectory;

namespace {

const std::string validate_cases = HONUA_SOURCE_DIR "/testdata/validate";

}  // namespace

TEST_CASE("every case reports what is written beside it") {
  const WorkingDirectory in_directory(validate_cases);
  const std::vector<Case> cases = find_cases();
  CHECK(cases.size() >= 10);
  for (const Case& one : cases) {
    CAPTURE(one.file);
    const cli::RunResult result = run_case("validate", one);
    if (accepting()) accept(one, result, read(one.stem + ".stderr").has_value());
    CHECK(result.out == read(one.stem + ".stdout").value_or(""));
    if (const auto expected = read(one.stem + ".stderr")) CHECK(result.err == *expected);
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
  }
}

TEST_CASE("the names of cases say what becomes of them") {
  const WorkingDirectory in_directory(validate_cases);
  for (const Case& one : find_cases()) {
    CAPTURE(one.file);
    const std::string out = read(one.stem + ".stdout").value_or("");
    const bool has_error =
        out.find("error[H") != std::string::npos || out.find("\"error\"") != std::string::npos;
    if (one.stem.starts_with("fail-")) {
      CHECK(has_error);
    } else if (one.stem.starts_with("warn-")) {
      CHECK_FALSE(has_error);
      CHECK_FALSE(out.empty());
    } else {
      CHECK(one.stem.starts_with("ok-"));
      CHECK(out.empty());
    }
  }
}

TEST_CASE("every file beside the cases belongs to one") {
  const WorkingDirectory in_directory(validate_cases);
  golden::check_every_file_belongs_to_a_case();
}

TEST_CASE("every rule has a case that it fires in, or an example") {
  std::set<std::string_view> with_example;
  for (const validation::RuleInfo* info : validation::all_rules()) with_example.insert(info->rule->code);
  const WorkingDirectory in_directory(validate_cases);
  std::string reports;
  for (const Case& one : find_cases()) reports += read(one.stem + ".stdout").value_or("");
  for (const diagnostics::Rule* rule : all_rules()) {
    CAPTURE(rule->code);
    CAPTURE(rule->slug);
    const bool fires_somewhere = reports.find(rule->code) != std::string::npos;
    CHECK((fires_somewhere || with_example.contains(rule->code)));
  }
}

}  // namespace honua::commands
