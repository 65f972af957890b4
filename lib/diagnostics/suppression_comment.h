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
  std::string_view reason;  // without the date; may be empty
  // The last day it holds, from `(until YYYY-MM-DD)` behind the reason; what follows that says nothing.
  std::optional<std::chrono::year_month_day> until;
  std::optional<Word> wrong_date;  // what stands in place of a date
  std::size_t reason_begin = 0;
  // What was written instead of `honua:ignore`, probably: `honua:ignore[H2006]`, `honua: ignore`. Then there
  // is nothing else.
  std::optional<Word> near_miss;
};

// A comment with its marks (`#`, `//`, `/*` and `*/`); nothing if it is another one. Texts are views into it.
// A near miss starts with `honua:` and a word for ignoring, or with `honua` and, behind such a word, a rule's
// code; whatever case, and blanks or dashes for the colon. Prose such as `honua: ignores case` is none.
[[nodiscard]] std::optional<SuppressionComment> read_suppression(std::string_view comment);

}  // namespace honua::diagnostics
