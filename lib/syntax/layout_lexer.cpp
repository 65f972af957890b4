// SPDX-License-Identifier: MIT
#include "syntax/layout_lexer.h"

#include "syntax/characters.h"
#include "syntax/scan.h"

namespace honua::syntax {

namespace {

LayoutKind layout_kind(TokenKind kind) {
  switch (kind) {
    case TokenKind::end_of_file: return LayoutKind::end_of_file;
    case TokenKind::newline: return LayoutKind::newline;
    case TokenKind::identifier: return LayoutKind::identifier;
    case TokenKind::number: return LayoutKind::number;
    case TokenKind::open_brace: return LayoutKind::open_brace;
    case TokenKind::close_brace: return LayoutKind::close_brace;
    case TokenKind::open_bracket: return LayoutKind::open_bracket;
    case TokenKind::close_bracket: return LayoutKind::close_bracket;
    case TokenKind::open_parenthesis: return LayoutKind::open_parenthesis;
    case TokenKind::close_parenthesis: return LayoutKind::close_parenthesis;
    case TokenKind::assign: return LayoutKind::assign;
    case TokenKind::comma: return LayoutKind::comma;
    case TokenKind::dot: return LayoutKind::dot;
    case TokenKind::double_colon: return LayoutKind::double_colon;
    case TokenKind::ellipsis: return LayoutKind::ellipsis;
    case TokenKind::bang: return LayoutKind::bang;
    case TokenKind::minus: return LayoutKind::minus;
    case TokenKind::colon:
    case TokenKind::question:
    case TokenKind::plus:
    case TokenKind::star:
    case TokenKind::slash:
    case TokenKind::percent:
    case TokenKind::logical_and:
    case TokenKind::logical_or:
    case TokenKind::equal:
    case TokenKind::not_equal:
    case TokenKind::less:
    case TokenKind::greater:
    case TokenKind::less_or_equal:
    case TokenKind::greater_or_equal: return LayoutKind::infix;
    default: return LayoutKind::other;
  }
}

}  // namespace

void LayoutLexer::take(LayoutToken& token, LayoutKind kind, std::uint32_t end) {
  token = {kind, at_, end};
  at_ = end;
}

void LayoutLexer::next(LayoutToken& token) {
  if (modes_.empty() || modes_.back().kind == Mode::Kind::sequence) return next_code(token);
  if (modes_.back().kind == Mode::Kind::quoted) return next_in_quotes(token);
  next_in_heredoc(token);
}

void LayoutLexer::next_code(LayoutToken& token) {
  at_ = skip_blanks(text_, at_);
  if (at_ < text_.size() && (text_[at_] == '#' || text_[at_] == '/')) {
    const char following = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (text_[at_] == '#' || following == '/') return take_line_comment(token);
    if (following == '*') {
      if (const std::uint32_t end = block_comment_end(); end != 0)
        return take(token, LayoutKind::comment, end);
    }
  }
  Token read;
  lexer_.set_position(at_);
  lexer_.next(read);
  take(token, layout_kind(read.kind), read.end);
  enter(token, read);
}

void LayoutLexer::take_line_comment(LayoutToken& token) {
  const std::uint32_t feed = line_end(text_, at_);
  if (feed == text_.size()) return take(token, LayoutKind::comment, feed);
  take(token, LayoutKind::line_comment, feed + 1);
}

// The end of the comment that starts here; 0 when it has none.
std::uint32_t LayoutLexer::block_comment_end() {
  if (no_comment_end_) return 0;
  const std::size_t close = text_.find("*/", at_ + 2);
  no_comment_end_ = close == std::string_view::npos;
  return no_comment_end_ ? 0 : static_cast<std::uint32_t>(close + 2);
}

// Changes the mode where a token does.
void LayoutLexer::enter(LayoutToken& token, const Token& read) {
  switch (read.kind) {
    case TokenKind::open_brace:
      if (!modes_.empty()) ++modes_.back().open_braces;
      return;
    case TokenKind::close_brace: return close_brace(token);
    case TokenKind::strip_close:
      if (!modes_.empty()) {
        token.kind = LayoutKind::close_sequence;
        modes_.pop_back();
      }
      return;
    case TokenKind::open_quote:
    case TokenKind::apostrophe: {
      token.kind = LayoutKind::open_quote;
      Mode mode;
      mode.kind = Mode::Kind::quoted;
      mode.quote = text_[read.begin];
      modes_.push_back(mode);
      return;
    }
    case TokenKind::open_heredoc: {
      token.kind = LayoutKind::open_heredoc;
      const HeredocOpener opener = heredoc_opener(text_, read.begin);
      Mode mode;
      mode.kind = Mode::Kind::heredoc;
      mode.marker = text_.substr(opener.marker_begin, opener.marker_end - opener.marker_begin);
      modes_.push_back(mode);
      return;
    }
    default: return;
  }
}

void LayoutLexer::close_brace(LayoutToken& token) {
  if (modes_.empty()) return;
  if (modes_.back().open_braces > 0) {
    --modes_.back().open_braces;
    return;
  }
  token.kind = LayoutKind::close_sequence;
  modes_.pop_back();
}

void LayoutLexer::take_sequence(LayoutToken& token) {
  const bool strips = at_ + 2 < text_.size() && text_[at_ + 2] == '~';
  take(token, LayoutKind::open_sequence, at_ + (strips ? 3 : 2));
  modes_.back().line_start = false;
  modes_.emplace_back();
}

// Past one character of a template's text, or what counts as one; false at a sequence.
bool LayoutLexer::skip_template_step(std::uint32_t& at, bool escapes) const {
  if (is_sequence_escape(text_, at)) {
    at += 3;
  } else if (is_sequence_start(text_, at)) {
    const std::uint32_t end = env_reference(text_, at).end;
    if (end == 0) return false;
    at = end;
  } else {
    const bool escapes_next = escapes && text_[at] == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n';
    at += escapes_next ? 2U : 1U;
  }
  return true;
}

void LayoutLexer::next_in_quotes(LayoutToken& token) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const char quote = modes_.back().quote;
  std::uint32_t at = at_;
  while ((at = skip_string_fast(text_, at)) < size && text_[at] != quote && text_[at] != '\n') {
    if (!skip_template_step(at, true)) break;
  }
  if (at > at_) return take(token, LayoutKind::text, at);
  if (at < size && text_[at] != quote && text_[at] != '\n') return take_sequence(token);
  modes_.pop_back();
  if (at < size && text_[at] == quote) return take(token, LayoutKind::close_quote, at + 1);
  next(token);  // a string without an end, at most one on a line
}

void LayoutLexer::next_in_heredoc(LayoutToken& token) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  Mode& mode = modes_.back();
  std::uint32_t at = at_;
  for (; at < size; ++at) {
    if (mode.line_start) {
      const std::uint32_t feed = line_end(text_, at);
      if (is_heredoc_closer(text_.substr(at, feed - at), mode.marker)) {
        if (at > at_) return take(token, LayoutKind::text, at);
        const bool carriage = feed > at && feed < size && text_[feed - 1] == '\r';
        modes_.pop_back();
        return take(token, LayoutKind::close_heredoc, carriage ? feed - 1 : feed);
      }
      mode.line_start = false;
    }
    while (at < size && text_[at] != '\n') {
      if (skip_template_step(at, false)) continue;
      return at > at_ ? take(token, LayoutKind::text, at) : take_sequence(token);
    }
    mode.line_start = true;
  }
  if (at_ < size) return take(token, LayoutKind::text, size);
  modes_.pop_back();
  next(token);
}

}  // namespace honua::syntax
