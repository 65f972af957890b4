// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run's findings as a DiagnosticResult of the Reviewdog Diagnostic Format. Columns count bytes of UTF-8,
// those of a byte order mark included: its readers take lines as they stand in the file. What could not be
// checked is an error of a file without a range.
[[nodiscard]] std::string render_rdjson(const Report& report);

}  // namespace honua::diagnostics
