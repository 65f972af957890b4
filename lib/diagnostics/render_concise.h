// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/diagnostic.h"
#include "diagnostics/report.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// A finding as one line, its line feed included, for editors, grep and logs:
//
//   roads.hcl:4:3: error[H0102 duplicate-attribute]: attribute `srid` is set twice
//
// The range must belong to a file of `files`.
[[nodiscard]] std::string render_concise(const Diagnostic& diagnostic, const source::SourceSet& files);

// All findings of a run.
[[nodiscard]] std::string render_concise(const Report& report);

}  // namespace honua::diagnostics
