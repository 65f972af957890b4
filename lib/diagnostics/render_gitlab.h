// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/report.h"

namespace honua::diagnostics {

// A run's findings as GitLab's Code Quality report: a JSON array of findings with the line that each starts
// at. Errors are `major` (`critical` where they are about security), warnings `minor`, notes `info`. What
// could not be checked is a `blocker`: without it all that was found there before would look mended.
[[nodiscard]] std::string render_gitlab(const Report& report);

}  // namespace honua::diagnostics
