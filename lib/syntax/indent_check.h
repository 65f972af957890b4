// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/diagnostics.h"
#include "syntax/tree.h"

namespace honua::syntax {

// Reports the first attribute or block of a native file that is indented by other characters than those
// before it (diagnostics/file_rules.h). Comments and heredocs may be written as they like.
void check_indents(const Tree& tree, diagnostics::Diagnostics& sink);

}  // namespace honua::syntax
