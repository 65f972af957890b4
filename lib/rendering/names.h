// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Names as configurations have them.
namespace honua::rendering {

// A name that may stand for an attribute or a block without quotes: ASCII letters, digits and `_`.
[[nodiscard]] bool is_identifier(std::string_view name);
[[nodiscard]] bool continues_identifier(char c);
// The same with `-` as well: fit for a label, and to stand bare in a reference.
[[nodiscard]] bool is_label(std::string_view name);

// `service.odata`, or `service["a b"]`.
[[nodiscard]] std::string reference_to(std::string_view type, std::string_view label);

// `env("NAME")`.
[[nodiscard]] std::string call_of_env(std::string_view variable);

}  // namespace honua::rendering
