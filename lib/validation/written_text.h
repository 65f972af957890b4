// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "syntax/tree.h"

namespace honua::validation {

// What of an expression stands in the file as text, whatever the rest comes to: of a template all that is no
// sequence, each of which becomes `${}`; of `env("NAME", "text")` the text. Nothing of other expressions.
[[nodiscard]] std::optional<std::string> written_text(syntax::Expression expression);

// "NAME", "NAME or text TEXT" or "NAME or OTHER" of an expression that is an environment variable, in
// whatever spelling, with its default. Nothing of other expressions.
[[nodiscard]] std::optional<std::string> environment_variable_of(syntax::Expression expression);

}  // namespace honua::validation
