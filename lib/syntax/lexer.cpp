// SPDX-License-Identifier: MIT
#include "syntax/lexer.h"

#include <array>

#include "syntax/characters.h"
#include "syntax/scan.h"
#include "text/unicode.h"

namespace honua::syntax {

namespace {

// Characters that are tokens of their own whatever follows them.
constexpr std::array<TokenKind, 256> single_characters = [] {
  std::array<TokenKind, 256> table{};
  table.fill(TokenKind::invalid);
  table['\n'] = TokenKind::newline;
  table['"'] = TokenKind::open_quote;
  table['{'] = TokenKind::open_brace;
  table['}'] = TokenKind::close_brace;
  table['['] = TokenKind::open_bracket;
  table[']'] = TokenKind::close_bracket;
  table['('] = TokenKind::open_parenthesis;
  table[')'] = TokenKind::close_parenthesis;
  table[','] = TokenKind::comma;
  table['?'] = TokenKind::question;
  table['+'] = TokenKind::plus;
  table['-'] = TokenKind::minus;
  table['*'] = TokenKind::star;
  table['%'] = TokenKind::percent;
  table[';'] = TokenKind::semicolon;
  table['`'] = TokenKind::backtick;
  table['\''] = TokenKind::apostrophe;
  table['^'] = TokenKind::bitwise;
  return table;
}();

}  // namespace

void Lexer::next(Token& token) {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t') {
      at_ = skip_spaces_fast(text_, at_ + 1);
      continue;
    }
    if (const TokenKind simple = single_characters[static_cast<unsigned char>(c)];
        simple != TokenKind::invalid) {
      return take(token, simple, 1);
    }
    switch (class_of(c)) {
      case CharacterClass::identifier:
        return take(token, TokenKind::identifier, identifier_rest(text_, at_ + 1) - at_);
      case CharacterClass::digit: return take_number(token);
      case CharacterClass::high: return take_high(token);
      default: break;
    }
    if (c == '#' || (c == '/' && peek(1) == '/')) return take_line_comment(token);
    if (c == '/' && peek(1) == '*' && skip_block_comment()) continue;
    return take_punctuation(token, c);
  }
  take(token, TokenKind::end_of_file, 0);
}

// Digits, then any run of fractions and exponents: `1.2.3` is one bad number
// rather than a number and a surprise.
void Lexer::take_number(Token& token) {
  const auto is_digit = [this](std::uint32_t at) {
    return at < text_.size() && class_of(text_[at]) == CharacterClass::digit;
  };
  std::uint32_t end = at_ + 1;
  while (end < text_.size()) {
    if (is_digit(end)) {
      ++end;
    } else if (text_[end] == '.' && is_digit(end + 1)) {
      end += 2;
    } else if (text_[end] == 'e' || text_[end] == 'E') {
      std::uint32_t digits = end + 1;
      if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
      if (!is_digit(digits)) break;
      end = digits + 1;
    } else {
      break;
    }
  }
  return take(token, TokenKind::number, end - at_);
}

void Lexer::take_high(Token& token) {
  const std::uint32_t end = identifier_end(text_, at_);
  if (end != at_) return take(token, TokenKind::identifier, end - at_);
  const text::CodePoint point = text::decode(text_, at_);
  return take(token, point.valid ? TokenKind::invalid : TokenKind::malformed, point.size);
}

void Lexer::take_line_comment(Token& token) {
  const std::uint32_t begin = at_;
  const std::uint32_t feed = line_end(text_, at_);
  const std::uint32_t end = feed > begin && feed < text_.size() && text_[feed - 1] == '\r' ? feed - 1 : feed;
  if (comments_ != nullptr) comments_->add_comment(begin, end);
  if (feed == text_.size()) {
    at_ = feed;
    return take(token, TokenKind::end_of_file, 0);
  }
  at_ = feed + 1;
  token.kind = TokenKind::newline;
  token.begin = begin;
  token.end = at_;
}

bool Lexer::skip_block_comment() {
  if (no_comment_end_) return false;
  const std::size_t close = text_.find("*/", at_ + 2);
  if (close == std::string_view::npos) {
    no_comment_end_ = true;
    return false;
  }
  const auto end = static_cast<std::uint32_t>(close + 2);
  if (comments_ != nullptr) comments_->add_comment(at_, end);
  at_ = end;
  return true;
}

void Lexer::take_less(Token& token) {
  const HeredocOpener opener = heredoc_opener(text_, at_);
  if (opener.opener_end != 0) return take(token, TokenKind::open_heredoc, opener.opener_end - at_);
  return peek(1) == '=' ? take(token, TokenKind::less_or_equal, 2) : take(token, TokenKind::less, 1);
}

void Lexer::take_punctuation(Token& token, char first) {
  switch (first) {
    case '\r':
      return peek(1) == '\n' ? take(token, TokenKind::newline, 2) : take(token, TokenKind::invalid, 1);
    case '/': return take(token, TokenKind::slash, 1);
    case '<': return take_less(token);
    case '~':
      return peek(1) == '}' ? take(token, TokenKind::strip_close, 2) : take(token, TokenKind::bitwise, 1);
    case ':':
      return peek(1) == ':' ? take(token, TokenKind::double_colon, 2) : take(token, TokenKind::colon, 1);
    case '.':
      return peek(1) == '.' && peek(2) == '.' ? take(token, TokenKind::ellipsis, 3)
                                              : take(token, TokenKind::dot, 1);
    case '=':
      if (peek(1) == '=') return take(token, TokenKind::equal, 2);
      return peek(1) == '>' ? take(token, TokenKind::arrow, 2) : take(token, TokenKind::assign, 1);
    case '!': return peek(1) == '=' ? take(token, TokenKind::not_equal, 2) : take(token, TokenKind::bang, 1);
    case '>':
      return peek(1) == '=' ? take(token, TokenKind::greater_or_equal, 2)
                            : take(token, TokenKind::greater, 1);
    case '&':
      return peek(1) == '&' ? take(token, TokenKind::logical_and, 2) : take(token, TokenKind::bitwise, 1);
    case '|':
      return peek(1) == '|' ? take(token, TokenKind::logical_or, 2) : take(token, TokenKind::bitwise, 1);
    default: return take(token, TokenKind::invalid, 1);
  }
}

}  // namespace honua::syntax
