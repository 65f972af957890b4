// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "commands/golden_cases_for_test.h"

// Golden cases of commands that write one text, in testdata/COMMAND. For tests only.
namespace honua::commands::golden {

// Each case writes and tells what is beside it, and there are so many at least.
inline void check_outputs(const std::string& command, std::size_t least) {
  const WorkingDirectory in_directory(std::string(HONUA_SOURCE_DIR "/testdata/") + command);
  const std::vector<Case> cases = find_cases();
  CHECK(cases.size() >= least);
  for (const Case& one : cases) {
    CAPTURE(one.file);
    const cli::RunResult result = run_case(command, one);
    if (accepting()) accept(one, result, !result.err.empty());
    CHECK(result.out == read_golden(one.stem + ".stdout").value_or(""));
    CHECK(result.err == read_golden(one.stem + ".stderr").value_or(""));
    CHECK(static_cast<int>(result.code) == (accepting() ? static_cast<int>(result.code) : one.exit));
  }
  check_every_file_belongs_to_a_case();
}

// `fail-`: it writes nothing, and says why; `warn-`: it writes, and has something to say; `ok-`: it writes.
inline void check_names_of_outputs(const std::string& command) {
  const WorkingDirectory in_directory(std::string(HONUA_SOURCE_DIR "/testdata/") + command);
  for (const Case& one : find_cases()) {
    CAPTURE(one.file);
    const bool writes = read_golden(one.stem + ".stdout").has_value();
    const bool tells = read_golden(one.stem + ".stderr").has_value();
    if (one.stem.starts_with("fail-")) {
      CHECK_FALSE(writes);
      CHECK(tells);
    } else if (one.stem.starts_with("warn-")) {
      CHECK(writes);
      CHECK(tells);
    } else {
      CHECK(one.stem.starts_with("ok-"));
      CHECK(writes);
      CHECK_FALSE(tells);
    }
  }
}

}  // namespace honua::commands::golden
