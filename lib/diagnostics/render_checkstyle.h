// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run's findings in the XML form of Checkstyle, which many programs read: all files checked, each with its
// findings. Columns count code points, as Checkstyle does. What could not be checked is an error in line 1.
[[nodiscard]] std::string render_checkstyle(const Report& report);

}  // namespace honua::diagnostics
