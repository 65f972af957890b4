// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "source/source_file.h"

namespace honua::syntax {

// A file in canonical style, which is that of HCL's reference implementation
// and of `terraform fmt`. Only blanks within lines change: line ends, CRLF
// included, comments, texts and heredocs stay as they are. A byte order mark
// goes. The style depends on nothing but the tokens, so that to format twice
// changes nothing, and takes linear time. Its rules:
//
// - Indentation: two blanks for each line above that opens more brackets than
//   it closes and is not closed again, however many brackets it opens; a line
//   that closes more than it opens stands where the line stands that opened
//   them. `${` and `%{` are brackets too. An empty line has no blanks.
// - Between tokens: one blank, but none
//     around `.` and `::` (but `x.0 .1` is not `x.0.1`), before `,` and `...`,
//     between a name and `(`, between what can be indexed and `[`,
//     behind `!`, behind a `-` that follows an operator, an opening bracket or
//     nothing, inside `()`, `[]`, `${}` and `{}`.
//   Braces with something inside have one blank on either side.
// - Assignments: where the first `=` of a line is followed by as many closing
//   as opening brackets, it is aligned with those of the lines directly above
//   and below for which the same holds.
// - Comments behind something else on their line: aligned likewise with those
//   of the neighbouring lines. Columns are grapheme clusters.
// - Sequences inside of texts and heredocs follow the same rules; the text
//   around them is never touched.
//
// The text must have no syntax errors. Nothing, if the result had more than
// `max_size` bytes: aligning one very long name with many lines makes any
// amount of blanks.
[[nodiscard]] std::optional<std::string> format(std::string_view text,
                                                std::size_t max_size = source::max_file_size);

}  // namespace honua::syntax
