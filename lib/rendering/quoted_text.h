// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::rendering {

// A text in quotes as HCL has it. What a database says may steer a terminal, or look like something else:
// characters without a glyph are written by their numbers.
[[nodiscard]] std::string quoted_text(std::string_view value);

}  // namespace honua::rendering
