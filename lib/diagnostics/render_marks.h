// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "diagnostics/render_line.h"
#include "diagnostics/render_row.h"

namespace honua::diagnostics {

// A range of one line to be marked: `^^^^` when it is the place at fault, else
// `----`, with an optional caption.
struct Mark {
  Columns columns;
  bool primary = false;
  std::string caption;  // safe to print; may be empty
};

// The rows that go below a source line: the marks, behind them the caption of
// the last one, and below the captions of the others, each hanging from its
// mark's start:
//
//   ---- ^^^ said of the last
//   |
//   said of the first
[[nodiscard]] std::vector<Row> render_marks(const std::vector<Mark>& marks, Palette palette);

}  // namespace honua::diagnostics
