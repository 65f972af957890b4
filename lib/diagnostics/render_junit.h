// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run as tests in the XML form of JUnit: a suite for each file, a test for each finding. It failed where
// the finding reaches the report's threshold; a finding below passed, and its suite's output tells of it. A
// file without findings is one test that passed, what could not be checked one that ended in an error.
// Columns count what a reader sees as one character. No output holds the machine's name.
[[nodiscard]] std::string render_junit(const Report& report);

}  // namespace honua::diagnostics
