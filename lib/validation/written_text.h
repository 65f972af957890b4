// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "syntax/tree.h"

namespace honua::validation {

// The text that a variable of this name is in the file, if it is one.
using TextOfVariable = std::function<std::optional<std::string>(std::string_view name)>;

// What of an expression stands in the file as text, whatever the rest comes to: of a template all that is no
// sequence, each of which becomes `${}`, or the text of the variable that it is; of `env("NAME", "text")` the
// text. Nothing of other expressions.
[[nodiscard]] std::optional<std::string> written_text(syntax::Expression expression,
                                                      const TextOfVariable& text_of_variable = {});

// "NAME", "NAME or text TEXT" or "NAME or OTHER" of an expression that is an environment variable, in
// whatever spelling, with its default. Nothing of other expressions.
[[nodiscard]] std::optional<std::string> environment_variable_of(syntax::Expression expression);

}  // namespace honua::validation
