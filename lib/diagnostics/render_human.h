// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnostics/diagnostic.h"
#include "diagnostics/report.h"
#include "source/source_file.h"

namespace honua::diagnostics {

struct HumanOptions {
  bool color = false;  // whether to write ANSI escape sequences
};

// A finding for people at a terminal: severity, code and message, the place,
// an excerpt of the source with marks, other places, help.
//
//   error[H0102]: attribute `srid` is set twice
//    --> roads.hcl:4:3
//     |
//   2 |   srid = 4326
//     |   ---- first set here
//   3 |   table = "roads"
//   4 |   srid = 3857
//     |   ^^^^ set again here
//     |
//     = help: remove one of the two
//
// Columns count grapheme clusters; marks are placed by display width. Every
// line of the result ends with a line feed. All ranges must belong to files of
// `files`. The work is bounded whatever the files contain.
[[nodiscard]] std::string render_human(const Diagnostic& diagnostic, const source::SourceSet& files,
                                       const HumanOptions& options = {});

// All findings of a run, an empty line between two.
[[nodiscard]] std::string render_human(const Report& report, const HumanOptions& options = {});

}  // namespace honua::diagnostics
