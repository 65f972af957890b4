// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace honua::diagnostics {

// Longer texts of a finding are cut in the middle: names that they quote may be
// as long as the file, and nobody reads on. In bytes, what is put in place of
// the middle aside.
inline constexpr std::size_t max_shown_text = 2000;

// A message, caption or help as a report has it: secrets masked, cut to
// max_shown_text. Control characters are still in it.
[[nodiscard]] std::string shown_text(std::string_view text);

}  // namespace honua::diagnostics
