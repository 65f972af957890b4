// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/configuration.h"
#include "diagnostics/diagnostic.h"

// What the server at hand reads of a configuration, beyond the flags of the
// schema: its own parser knows less than HCL, and several things that it reads
// have no effect. The forms:
//  - blocks only at the top, with quoted labels; `variable "x" = v` alone;
//  - inside of them `name = value`, one object of a name that it knows, or in a
//    service a text, a whole number, a boolean or a list of texts;
//  - no expressions at all: `${env:NAME}` and `var.NAME` are replaced as text,
//    afterwards, in a few settings (replaces_references).
namespace honua::config {

// Whom a configuration is for. `any` is every reader of the whole language.
enum class Target : std::uint8_t { any, upstream };

namespace upstream {

using diagnostics::Rule;
using diagnostics::Severity;

inline constexpr Rule unread_construct{"H0118", "unread-construct", Severity::error, "upstream",
                                       "a form of the language that the server's own parser refuses"};
inline constexpr Rule unread_setting{"H0127", "unread-setting", Severity::error, "upstream",
                                     "a block or a setting that the server's own parser does not know"};
inline constexpr Rule misread_text{"H0128", "misread-text", Severity::error, "upstream",
                                   "a text that the server's own parser takes for another one"};
inline constexpr Rule without_effect{"H0129", "without-effect", Severity::warning, "upstream",
                                     "something that the server does not use"};

// Whether it can be the name of an attribute, a field or a rule. Letters
// beyond ASCII are taken for names: nothing is known to refuse them.
[[nodiscard]] bool is_name(std::string_view text);
// Whether it can stand in `${env:NAME}`.
[[nodiscard]] bool is_variable_name(std::string_view text);

// Whether `${env:NAME}` and `var.NAME` are replaced in the texts of this setting.
[[nodiscard]] bool replaces_references(BlockType block, std::string_view setting);

// Whether the server does anything with this block, or with this setting of one.
[[nodiscard]] bool has_effect(BlockType block);
[[nodiscard]] bool has_effect(BlockType block, std::string_view setting);

// A whole number that fits: the parser holds 32 bits.
[[nodiscard]] bool is_readable_number(double value);

// What keeps a text from arriving as it is.
enum class TextTrouble : std::uint8_t {
  none,
  marker,     // `${` or `%{`, which HCL wants doubled and the server takes as it stands
  character,  // a character that needs an escape which the server does not know
  reference,  // it looks like a reference, and those are replaced here
};
// `is_replaced`: references are replaced where the text is to stand.
[[nodiscard]] TextTrouble trouble_with(std::string_view text, bool is_replaced);
// What that is, for a message: "it contains `${`".
[[nodiscard]] std::string_view describe(TextTrouble trouble);
// Text that would be replaced: `var.NAME` or `env(`.
[[nodiscard]] bool has_textual_reference(std::string_view text);

}  // namespace upstream

}  // namespace honua::config
