// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace honua::evaluation {

// Whether a text contains `env("` or `env('`, as a word of its own.
[[nodiscard]] bool contains_env_call(std::string_view text);

// The name behind the first `var.` that stands as a word of its own, if any.
[[nodiscard]] std::optional<std::string> find_bare_variable(std::string_view text);

// Whether one of the above could be true of a string with this source text:
// quick, and right about all texts without `\u` escapes.
[[nodiscard]] bool may_hold_reference(std::string_view source);

}  // namespace honua::evaluation
