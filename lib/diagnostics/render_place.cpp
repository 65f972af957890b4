// SPDX-License-Identifier: MIT
#include "diagnostics/render_place.h"

#include "text/sanitize.h"

namespace honua::diagnostics {

std::string describe_place(source::SourceRange range, const source::SourceSet& files) {
  const source::SourceFile& file = files.file(range.file);
  const source::SourcePosition at = file.position(range.begin);
  return text::printable(file.name()) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace honua::diagnostics
