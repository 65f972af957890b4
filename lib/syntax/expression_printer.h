// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "syntax/tree.h"

namespace honua::syntax {

// The expression as canonical HCL; lines after the first are indented for a
// line at `indent` levels. Ends in a line feed only when it ends in a heredoc.
[[nodiscard]] std::string print_expression(Expression expression, unsigned indent);

}  // namespace honua::syntax
