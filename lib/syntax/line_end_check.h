// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/diagnostics.h"
#include "syntax/tree.h"

namespace honua::syntax {

// Reports the first line of a file that ends otherwise than its first one (diagnostics/file_rules.h). Lines
// of heredocs may end as they like: their ends are part of a value. There is no fix where a heredoc may be
// that the tree does not know, because of a syntax error.
void check_line_ends(const Tree& tree, diagnostics::Diagnostics& sink);

}  // namespace honua::syntax
