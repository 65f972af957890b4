// SPDX-License-Identifier: MIT
#pragma once

#include "syntax/layout_lexer.h"

namespace honua::syntax {

// A token as the rules of spacing see it.
struct SpacedToken {
  LayoutKind kind = LayoutKind::none;
  bool is_in = false;  // the word `in`
};

// Whether one blank belongs between two tokens of a line, rather than nothing.
// `before` is what stands in front of the left one on its line, or `none`.
[[nodiscard]] bool is_spaced(LayoutKind before, SpacedToken left, LayoutKind right);

// 1 for what opens a bracket or a template's sequence, -1 for what closes one, else 0.
[[nodiscard]] int bracket_change(LayoutKind kind);

}  // namespace honua::syntax
