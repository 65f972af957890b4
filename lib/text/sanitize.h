// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::text {

// Whether a character could steer a terminal or deceive its reader: controls
// (C0, DEL, C1), line and paragraph separators, and everything invisible that
// changes direction or hides in plain text. The two joiners are harmless:
// emoji and several scripts need them.
[[nodiscard]] bool is_hazardous(char32_t value);

// The text with every hazardous character as `\u{1b}`, every malformed byte as
// `\xff`, all in lower-case hexadecimal: one well-formed line that is safe to
// print. Tabs are escaped too; who wants them expanded does so before.
[[nodiscard]] std::string printable(std::string_view text);

// The same between backticks: how messages show names and values.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace honua::text
