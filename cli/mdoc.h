// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace honua::cli {

// A manual page in mdoc(7), as `mandoc -Tlint` likes it: each sentence begins a line, and no line is longer
// than 80 bytes.
class Mdoc {
 public:
  // `.NAME ARGUMENTS`, as it is: callers escape what is not theirs.
  void macro(std::string_view name, std::string_view arguments = {});
  // Sentences, filled.
  void text(std::string_view sentences);
  // Lines that stay as they are.
  void literal(std::string_view lines);
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void line(std::string_view words);

  std::string out_;
};

// A text that means nothing to mdoc, as an argument or in a line of text.
[[nodiscard]] std::string mdoc_escaped(std::string_view text);

}  // namespace honua::cli
