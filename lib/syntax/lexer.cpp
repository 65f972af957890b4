// SPDX-License-Identifier: MIT
#include "syntax/lexer.h"

#include "syntax/characters.h"
#include "text/unicode.h"

namespace honua::syntax {

Token Lexer::take(TokenKind kind, std::uint32_t size) {
  const Token token{kind, at_, at_ + size};
  at_ += size;
  return token;
}

Token Lexer::next() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    switch (class_of(c)) {
      case CharacterClass::blank: ++at_; continue;
      case CharacterClass::identifier: return take(TokenKind::identifier, identifier_end(text_, at_) - at_);
      case CharacterClass::digit: return take_number();
      case CharacterClass::dash: return take(TokenKind::minus, 1);
      case CharacterClass::high: return take_high();
      case CharacterClass::other: break;
    }
    if (c == '#' || (c == '/' && peek(1) == '/')) return take_line_comment();
    if (c == '/' && peek(1) == '*' && skip_block_comment()) continue;
    return take_punctuation(c);
  }
  return Token{TokenKind::end_of_file, at_, at_};
}

// Digits, then any run of fractions and exponents: `1.2.3` is one bad number
// rather than a number and a surprise.
Token Lexer::take_number() {
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
  return take(TokenKind::number, end - at_);
}

Token Lexer::take_high() {
  const std::uint32_t end = identifier_end(text_, at_);
  if (end != at_) return take(TokenKind::identifier, end - at_);
  const text::CodePoint point = text::decode(text_, at_);
  return take(point.valid ? TokenKind::invalid : TokenKind::malformed, point.size);
}

Token Lexer::take_line_comment() {
  const std::uint32_t begin = at_;
  const std::uint32_t feed = line_end(text_, at_);
  const std::uint32_t end = feed > begin && feed < text_.size() && text_[feed - 1] == '\r' ? feed - 1 : feed;
  if (comments_ != nullptr) comments_->add_comment(begin, end);
  if (feed == text_.size()) {
    at_ = feed;
    return Token{TokenKind::end_of_file, feed, feed};
  }
  at_ = feed + 1;
  return Token{TokenKind::newline, begin, at_};
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

Token Lexer::take_less() {
  const HeredocOpener opener = heredoc_opener(text_, at_);
  if (opener.opener_end != 0) return take(TokenKind::open_heredoc, opener.opener_end - at_);
  return peek(1) == '=' ? take(TokenKind::less_or_equal, 2) : take(TokenKind::less, 1);
}

Token Lexer::take_punctuation(char first) {
  switch (first) {
    case '\n': return take(TokenKind::newline, 1);
    case '\r': return peek(1) == '\n' ? take(TokenKind::newline, 2) : take(TokenKind::invalid, 1);
    case '"': return take(TokenKind::open_quote, 1);
    case '{': return take(TokenKind::open_brace, 1);
    case '}': return take(TokenKind::close_brace, 1);
    case '[': return take(TokenKind::open_bracket, 1);
    case ']': return take(TokenKind::close_bracket, 1);
    case '(': return take(TokenKind::open_parenthesis, 1);
    case ')': return take(TokenKind::close_parenthesis, 1);
    case ',': return take(TokenKind::comma, 1);
    case '?': return take(TokenKind::question, 1);
    case '+': return take(TokenKind::plus, 1);
    case '*': return take(TokenKind::star, 1);
    case '/': return take(TokenKind::slash, 1);
    case '%': return take(TokenKind::percent, 1);
    case ';': return take(TokenKind::semicolon, 1);
    case '`': return take(TokenKind::backtick, 1);
    case '\'': return take(TokenKind::apostrophe, 1);
    case '^': return take(TokenKind::bitwise, 1);
    case '<': return take_less();
    case '~': return peek(1) == '}' ? take(TokenKind::strip_close, 2) : take(TokenKind::bitwise, 1);
    case ':': return peek(1) == ':' ? take(TokenKind::double_colon, 2) : take(TokenKind::colon, 1);
    case '.':
      return peek(1) == '.' && peek(2) == '.' ? take(TokenKind::ellipsis, 3) : take(TokenKind::dot, 1);
    case '=':
      if (peek(1) == '=') return take(TokenKind::equal, 2);
      return peek(1) == '>' ? take(TokenKind::arrow, 2) : take(TokenKind::assign, 1);
    case '!': return peek(1) == '=' ? take(TokenKind::not_equal, 2) : take(TokenKind::bang, 1);
    case '>': return peek(1) == '=' ? take(TokenKind::greater_or_equal, 2) : take(TokenKind::greater, 1);
    case '&': return peek(1) == '&' ? take(TokenKind::logical_and, 2) : take(TokenKind::bitwise, 1);
    case '|': return peek(1) == '|' ? take(TokenKind::logical_or, 2) : take(TokenKind::bitwise, 1);
    default: return take(TokenKind::invalid, 1);
  }
}

}  // namespace honua::syntax
