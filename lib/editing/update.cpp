// SPDX-License-Identifier: MIT
#include "editing/update.h"

#include <array>

#include "syntax/parser.h"

namespace honua::editing {

bool is_sound(const source::SourceFile& file, const source::EditGroup& edits) {
  if (edits.empty()) return true;
  const source::EditedText edited = source::apply_edits(file.text(), std::array{edits});
  if (!edited.dropped.empty()) return false;
  const source::SourceFile result(0, "result", FileContent(edited.text));
  diagnostics::Diagnostics findings;
  (void)syntax::parse(result, syntax::Dialect::honua, findings);
  return !findings.has_errors();
}

tl::unexpected<Error> unsound() {
  return fail("the result would not be HCL: this is a defect; nothing was changed");
}

}  // namespace honua::editing
