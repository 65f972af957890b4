// SPDX-License-Identifier: MIT
#include "diagnostics/diagnostic.h"

#include "text/sanitize.h"
#include "text/unicode.h"

namespace honua::diagnostics {

Diagnostic& Diagnostic::did_you_mean(std::string_view meant, std::string_view written) {
  suggest("did you mean " + text::quoted(meant) + "?");
  return respelt(meant, written);
}

Diagnostic& Diagnostic::respelt(std::string_view meant, std::string_view written) {
  const bool is_sure = text::to_lower(meant) == text::to_lower(written);
  fix = Fix{is_sure ? FixSafety::safe : FixSafety::unsafe,
            "write " + text::quoted(meant),
            {Edit{range, std::string(meant)}},
            std::string(written)};
  return *this;
}

}  // namespace honua::diagnostics
