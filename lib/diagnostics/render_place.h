// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "source/source_file.h"

namespace honua::diagnostics {

// `path:line:column` of a range's start, safe to print. The form that editors
// and terminals turn into a link.
[[nodiscard]] std::string describe_place(source::SourceRange range, const source::SourceSet& files);

}  // namespace honua::diagnostics
