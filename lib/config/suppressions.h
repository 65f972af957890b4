// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "diagnostics/suppression.h"
#include "syntax/tree.h"

namespace honua::config {

// The comments of a native file that keep findings out of the report. One at the end of a line is about that
// line. One on a line of its own is about the block or setting that follows, or about the line that follows
// where that is no beginning of one; within the block, object or list that it stands in.
[[nodiscard]] std::vector<diagnostics::Suppression> find_suppressions(const syntax::Tree& tree);

}  // namespace honua::config
