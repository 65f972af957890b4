// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "syntax/tree.h"

namespace honua::syntax {

// The tree as text that shows its meaning and nothing of its layout: two files
// that mean the same have the same dump. For tests and for comparing trees:
//
//   attribute a (tuple 1 (template "x" (interpolation b)))
//   block layer "roads"
//     attribute srid 4326
[[nodiscard]] std::string dump(const Tree& tree);

// One expression, in the form used above.
[[nodiscard]] std::string dump(Expression expression);

}  // namespace honua::syntax
