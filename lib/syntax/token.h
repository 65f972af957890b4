// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace honua::syntax {

// As wide as the positions beside it, so that a token is read as it is written.
enum class TokenKind : std::uint32_t {
  end_of_file,
  newline,  // LF, CRLF, or a comment that runs to its line's end
  identifier,
  number,        // as scanned: may still be malformed, such as `1.2.3`
  open_quote,    // `"`; what follows is read by the template scanner
  open_heredoc,  // `<<NAME` or `<<-NAME` with its line end
  // Punctuation and operators.
  open_brace,
  close_brace,
  open_bracket,
  close_bracket,
  open_parenthesis,
  close_parenthesis,
  strip_close,  // `~}`: ends a template sequence
  assign,
  arrow,
  colon,
  double_colon,
  comma,
  dot,
  ellipsis,
  question,
  plus,
  minus,
  star,
  slash,
  percent,
  bang,
  logical_and,
  logical_or,
  equal,
  not_equal,
  less,
  greater,
  less_or_equal,
  greater_or_equal,
  // Recognised only to be rejected with a good message.
  bitwise,
  semicolon,
  backtick,
  apostrophe,
  invalid,
  malformed,  // not UTF-8; reported once for the whole file
};

struct Token {
  TokenKind kind = TokenKind::end_of_file;
  std::uint32_t begin = 0;  // bytes, [begin, end)
  std::uint32_t end = 0;
};

// What to call a token in a message: "`}`", "the end of the line", "a number".
[[nodiscard]] std::string_view describe(TokenKind kind);

}  // namespace honua::syntax
