// SPDX-License-Identifier: MIT
#include "syntax/token.h"

namespace honua::syntax {

std::string_view describe(TokenKind kind) {
  switch (kind) {
    case TokenKind::end_of_file: return "the end of the file";
    case TokenKind::newline: return "the end of the line";
    case TokenKind::identifier: return "a name";
    case TokenKind::number: return "a number";
    case TokenKind::open_quote: return "`\"`";
    case TokenKind::open_heredoc: return "a heredoc";
    case TokenKind::open_brace: return "`{`";
    case TokenKind::close_brace: return "`}`";
    case TokenKind::open_bracket: return "`[`";
    case TokenKind::close_bracket: return "`]`";
    case TokenKind::open_parenthesis: return "`(`";
    case TokenKind::close_parenthesis: return "`)`";
    case TokenKind::strip_close: return "`~}`";
    case TokenKind::assign: return "`=`";
    case TokenKind::arrow: return "`=>`";
    case TokenKind::colon: return "`:`";
    case TokenKind::double_colon: return "`::`";
    case TokenKind::comma: return "`,`";
    case TokenKind::dot: return "`.`";
    case TokenKind::ellipsis: return "`...`";
    case TokenKind::question: return "`?`";
    case TokenKind::plus: return "`+`";
    case TokenKind::minus: return "`-`";
    case TokenKind::star: return "`*`";
    case TokenKind::slash: return "`/`";
    case TokenKind::percent: return "`%`";
    case TokenKind::bang: return "`!`";
    case TokenKind::logical_and: return "`&&`";
    case TokenKind::logical_or: return "`||`";
    case TokenKind::equal: return "`==`";
    case TokenKind::not_equal: return "`!=`";
    case TokenKind::less: return "`<`";
    case TokenKind::greater: return "`>`";
    case TokenKind::less_or_equal: return "`<=`";
    case TokenKind::greater_or_equal: return "`>=`";
    case TokenKind::bitwise: return "a bitwise operator";
    case TokenKind::semicolon: return "`;`";
    case TokenKind::backtick: return "a backtick";
    case TokenKind::apostrophe: return "`'`";
    case TokenKind::invalid: return "an invalid character";
    case TokenKind::malformed: return "malformed UTF-8";
  }
  return "a token";
}

}  // namespace honua::syntax
