// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace honua::diagnostics {

// What a comment says that keeps findings out of the report:
//
//   # honua:ignore H2006 the table is shared until the move (until 2027-01-31)
//   // honua:ignore H2006, pool-oversized reason
//   /* honua:ignore-file H9105 reason */
struct SuppressionComment {
  // Bytes of the comment, [begin, end).
  struct Word {
    std::string_view text;
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::vector<Word> rules;  // codes or names, as written
  bool is_for_file = false;
  std::string_view reason;                           // without the date; may be empty
  std::optional<std::chrono::year_month_day> until;  // the last day it holds
  std::optional<Word> wrong_date;                    // what stands in place of a date
};

// A comment with its marks (`#`, `//`, `/*` and `*/`); nothing if it is another one. Texts are views into it.
[[nodiscard]] std::optional<SuppressionComment> read_suppression(std::string_view comment);

}  // namespace honua::diagnostics
