// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "syntax/tree.h"

namespace honua::syntax {

// What stands inside of all the parentheses around it.
[[nodiscard]] Expression without_parentheses(Expression value);

// The value of a string without interpolation (Expression::is_plain_string),
// with escapes decoded and in normalization form C.
[[nodiscard]] std::string plain_string_value(Expression expression);

// The same as it stands in the file, where that is the value: no escapes, and
// ASCII only, which is in any normalization form. Nothing otherwise, and for
// strings that never end. Lives as long as the file.
[[nodiscard]] std::optional<std::string_view> verbatim_string(Expression expression);

// The value as a quoted string of the native form; the inverse of the above.
[[nodiscard]] std::string quoted_string(std::string_view value);

// Whether a text is a number as JSON has them (RFC 8259, section 6).
[[nodiscard]] bool is_json_number(std::string_view text);

// What the text between the quotes of a JSON string stands for (RFC 8259, section 7). Its escapes must have
// been checked; lone surrogates become U+FFFD.
[[nodiscard]] std::string decode_json(std::string_view raw);

// The texts of all string_literal nodes of a template, by node: escapes
// decoded, white space stripped where a neighbour's `~` asks for it, `<<-`
// dedented, in normalization form C. `expression` is a string_template or a
// heredoc. The rules are those of HCL's specification, section Templates.
[[nodiscard]] std::unordered_map<NodeId, std::string> template_literals(Expression expression);

}  // namespace honua::syntax
