// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::text {

// A text in a cell of a table in Markdown: nothing in it is markup but the code in backticks that messages
// have.
[[nodiscard]] std::string markdown_cell(std::string_view text);

}  // namespace honua::text
