// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/tree.h"

namespace honua::syntax {

// Which language a file is held to.
enum class Dialect : std::uint8_t {
  hcl,    // HashiCorp's specification, nothing else
  honua,  // also the forms that real Honua files contain, each with a finding of its own
};

// Brackets, blocks and templates nested deeper than this are refused: no real
// file comes near, and recursion has to end before the stack does.
inline constexpr unsigned max_nesting_depth = 1000;

// Parses a whole file. Always returns a tree: broken places are reported to
// the sink and left out or marked `invalid`; everything else can be used.
[[nodiscard]] Tree parse(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink);

// Parses a text that is one expression, newlines allowed anywhere.
[[nodiscard]] Tree parse_expression(const source::SourceFile& file, Dialect dialect,
                                    diagnostics::Diagnostics& sink);

// Parses a text that is one template without quotes, as JSON strings hold it.
[[nodiscard]] Tree parse_template(const source::SourceFile& file, Dialect dialect,
                                  diagnostics::Diagnostics& sink);
// The same for a text that came from inside another file: findings and ranges
// lie there.
[[nodiscard]] Tree parse_template(const source::SourceFile& file, Tree::Origin origin, Dialect dialect,
                                  diagnostics::Diagnostics& sink);

// Parses a file in HCL's JSON form (`*.hcl.json`). The tree's expression() is
// the document's object or array; strings with template sequences have been
// parsed as templates. Which members are blocks only a schema can tell.
[[nodiscard]] Tree parse_json(const source::SourceFile& file, Dialect dialect,
                              diagnostics::Diagnostics& sink);

// Parses bytes [begin, end) of a file as one JSON value that is no HCL: strings are texts whatever is in
// them. Positions are the file's.
[[nodiscard]] Tree parse_json_value(const source::SourceFile& file, std::uint32_t begin, std::uint32_t end,
                                    diagnostics::Diagnostics& sink);
// What is allowed in a JSON text.
enum class JsonForm : std::uint8_t {
  strict,   // RFC 8259
  relaxed,  // also `//` and `/* */`, which become the tree's comments, and a comma behind the last value
};
// The whole file.
[[nodiscard]] Tree parse_json_value(const source::SourceFile& file, JsonForm form,
                                    diagnostics::Diagnostics& sink);

}  // namespace honua::syntax
