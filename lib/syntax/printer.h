// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "syntax/tree.h"

namespace honua::syntax {

// The tree as canonical HCL: two spaces of indentation, `=` aligned over
// consecutive one-line attributes, a blank line before blocks, quoted labels.
// Lists and objects stay on one line or over several as they were. Tolerated
// forms come out as HCL's own where that says the same. Comments are not
// printed: what keeps them edits the source text instead.
//
// Parsing the result gives a tree with the same dump, and printing that gives
// the same text. Trees of the JSON form are printed as one expression.
[[nodiscard]] std::string print(const Tree& tree);
[[nodiscard]] std::string print(Expression expression);

}  // namespace honua::syntax
