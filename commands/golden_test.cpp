// SPDX-License-Identifier: MIT
// The cases of testdata/validate: see golden_cases_for_test.h. They are called
// `fail-`, `warn-` or `ok-` by what becomes of them.
#include <doctest/doctest.h>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "commands/golden_cases_for_test.h"

namespace honua::commands {

using golden::accept;
using golden::Case;
using golden::find_cases;
using golden::run_case;

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
    if (accepting()) accept(one, result, read_golden(one.stem + ".stderr").has_value());
    CHECK(result.out == read_golden(one.stem + ".stdout").value_or(""));
    if (const auto expected = read_golden(one.stem + ".stderr")) CHECK(result.err == *expected);
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
  }
}

TEST_CASE("the names of cases say what becomes of them") {
  const WorkingDirectory in_directory(validate_cases);
  for (const Case& one : find_cases()) {
    CAPTURE(one.file);
    const std::string out = read_golden(one.stem + ".stdout").value_or("");
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

}  // namespace honua::commands
