// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "diagnostics/render_row.h"
#include "source/source_file.h"

namespace honua::diagnostics {

// A range to be marked in an excerpt of its file.
struct Annotation {
  source::SourceRange range;
  bool primary = false;
  std::string caption;  // safe to print; may be empty
};

// The lines that a range touches. A line end belongs to the line it ends.
struct Lines {
  std::uint32_t first = 1;
  std::uint32_t last = 1;
};
[[nodiscard]] Lines lines_of(const source::SourceFile& file, source::SourceRange range);

// "12 | " without what follows: the number right-aligned, or blank.
[[nodiscard]] Row gutter(std::string_view number, std::size_t width, Palette palette);

// Appends the annotated lines of a file in their order, each with its marks
// below; `...` stands for two and more lines between them. `gutter_width` is
// the digits of the largest line number.
//
// One range over several lines, the primary one if it is such, is drawn as a
// bar on the left from its first line to its last. Of further ones just the
// part on the first line is marked.
void append_excerpt(std::string& out, const source::SourceFile& file,
                    const std::vector<Annotation>& annotations, std::size_t gutter_width, Palette palette);

}  // namespace honua::diagnostics
