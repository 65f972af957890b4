// SPDX-License-Identifier: MIT
#pragma once

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// The findings about a file as such, before it is parsed: file_rules.h. False where there is nothing to
// parse.
bool check_file(const source::SourceFile& file, Diagnostics& sink);

}  // namespace honua::diagnostics
