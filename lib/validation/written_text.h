// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace honua::validation {

// What of an expression stands in the file as text, whatever the rest comes to: of a template all that is no
// sequence, each of which becomes `${}`; of `env("NAME", "text")` the text. Nothing of other expressions.
[[nodiscard]] std::optional<std::string> written_text(std::string_view expression);

}  // namespace honua::validation
