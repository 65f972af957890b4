// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace honua::cli {

// A command line of bash as it is being written, up to the cursor.
struct ShellLine {
  std::vector<std::string> words;  // of the last command in it, without quotes; the last one is being written
  // Of that word, what the shell keeps: it replaces only what stands behind the last of its word breaks.
  std::string kept;
  bool is_quoted = false;  // a quote of that word is still open
};

// `point`: the cursor's place, in characters. `breaks`: what parts words for completion (COMP_WORDBREAKS),
// blanks included. Follows "Quoting" and "Programmable Completion" in bash's manual.
[[nodiscard]] ShellLine read_shell_line(std::string_view line, std::size_t point, std::string_view breaks);

}  // namespace honua::cli
