// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "source/source_range.h"

namespace honua::diagnostics {

// An environment variable that the files ask for. Its value is nobody's
// business.
struct EnvironmentVariable {
  std::string name;
  bool is_set = false;
  bool is_empty = false;                    // set, to an empty text
  bool has_default = false;                 // wherever a value depends on it
  bool is_needed = false;                   // a value depends on it
  std::vector<source::SourceRange> places;  // in source order
};

}  // namespace honua::diagnostics
