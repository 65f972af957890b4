// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "diagnostics/diagnostics.h"
#include "source/source_file.h"
#include "syntax/parser.h"

namespace honua::commands {

// Whether a rule is about a form that only Honua's dialect has and that can be written as HCL's own.
[[nodiscard]] bool is_form_rule(const diagnostics::Rule& rule);

struct CanonicalOptions {
  syntax::Dialect dialect = syntax::Dialect::honua;
  // Whether forms that only Honua's dialect has are written as HCL's own,
  // where that says the same.
  bool rewrites_forms = true;
};

// Each round of rewriting takes what does not touch another rewriting, up to
// diagnostics::max_diagnostics: nested forms need a few, a file of millions of
// them many. What is left then stays as it is, and still says the same.
inline constexpr std::size_t max_rewriting_rounds = 100;

// The text of a file in HCL's native form as `honua fmt` has it. Forms that a comment wants ignored stay as
// they are, whatever day it names: what a file says must not depend on when it is formatted. Nothing if it
// has syntax errors, which are in the sink then, or if the result were larger
// than any file that is read.
[[nodiscard]] std::optional<std::string> canonical_text(const source::SourceFile& file,
                                                        const CanonicalOptions& options,
                                                        diagnostics::Diagnostics& sink);

}  // namespace honua::commands
