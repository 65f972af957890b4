// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run's findings in SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for beyond: one run with the
// rules that occur, places in UTF-16 code units, fixes, and two fingerprints: ours and the one that GitHub
// computes itself where it is missing (see line_hash.h). What could not be checked is a notification.
[[nodiscard]] std::string render_sarif(const Report& report);

}  // namespace honua::diagnostics
