// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>

#include "syntax/parser_impl.h"

// The way back after an error. One broken item must neither hide the findings
// of the next one nor produce findings of its own making; brackets, line ends
// and indentation tell where the next item starts.
namespace honua::syntax {

namespace {

// How far the end of a broken sequence is looked for: a line may be the whole
// file, with such a sequence at every third byte.
constexpr std::size_t sequence_reach = 4096;

// The next quote that is not escaped, or the line's end.
std::uint32_t closing_quote(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"' && text[at] != '\n') at += text[at] == '\\' ? 2U : 1U;
  return static_cast<std::uint32_t>(std::min(at, text.size()));
}

bool is_opener(TokenKind kind) {
  return kind == TokenKind::open_brace || kind == TokenKind::open_bracket ||
         kind == TokenKind::open_parenthesis;
}

bool is_closer(TokenKind kind) {
  return kind == TokenKind::close_brace || kind == TokenKind::close_bracket ||
         kind == TokenKind::close_parenthesis || kind == TokenKind::strip_close;
}

// Brackets on the way over tokens that nobody parses.
struct Brackets {
  unsigned open = 0;            // opened and not closed, those of the broken place included
  unsigned skipped_braces = 0;  // opened by what was passed over: their ends are, too

  // False for a bracket that closes something outside.
  bool pass(TokenKind kind) {
    if (kind == TokenKind::open_brace) ++skipped_braces;
    if (kind == TokenKind::close_brace && skipped_braces > 0) --skipped_braces;
    if (is_opener(kind)) ++open;
    if (!is_closer(kind)) return true;
    if (open == 0) return false;
    --open;
    return true;
  }
};

// How deep strings and sequences may be nested, and how long they may be, for
// the whole to be passed over as one: a line of many broken strings must take
// linear time. Beyond, a string ends at its next quote.
constexpr std::size_t max_nested_strings = 32;
constexpr std::size_t max_nested_length = 4096;

// How long the escape is that a string goes on with: `\\"`, `$${`; 0 if it is none.
std::size_t escape_size(std::string_view rest) {
  if (rest.starts_with('\\')) return 2;
  return rest.starts_with("$${") || rest.starts_with("%%{") ? 3 : 0;
}

// Past the quoted string that starts at `at`, with the strings in its
// sequences: `"${f("a")}"`. 0 if it doesn't end so on its line.
std::uint32_t nested_string_end(std::string_view text, std::uint32_t at) {
  std::array<unsigned, max_nested_strings> braces{};  // open in each sequence around the place
  std::size_t sequences = 0;
  bool in_string = true;
  const std::size_t end = std::min(text.size(), at + max_nested_length);
  for (std::size_t i = at + 1; i < end && text[i] != '\n'; ++i) {
    const std::string_view rest = text.substr(i);
    if (!in_string) {
      unsigned& open = braces.at(sequences - 1);
      in_string = rest[0] == '"' || (rest[0] == '}' && open == 0);
      if (rest[0] == '}' && open-- == 0) --sequences;
      if (rest[0] == '{') ++open;
    } else if (rest[0] == '"') {
      if (sequences == 0) return static_cast<std::uint32_t>(i + 1);
      in_string = false;
    } else if (const std::size_t escape = escape_size(rest); escape > 0) {
      i += escape - 1;
    } else if (rest.starts_with("${") || rest.starts_with("%{")) {
      if (sequences == max_nested_strings) return 0;
      braces.at(sequences++) = 0;
      in_string = false;
      ++i;
    }
  }
  return 0;
}

// Past the quoted string that starts at `at`, or its line's end.
std::uint32_t skip_string(std::string_view text, std::uint32_t at) {
  if (const std::uint32_t end = nested_string_end(text, at); end > 0) return end;
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return static_cast<std::uint32_t>(at < text.size() ? at : text.size());
}

// The first of the lines from one that starts at `line` to one that starts at `last` that closes a heredoc;
// else where the next one would start.
std::uint32_t find_heredoc_closer(std::string_view text, std::uint32_t line, std::uint32_t last,
                                  std::string_view marker) {
  while (line <= last && line < text.size()) {
    const std::uint32_t end = line_end(text, line);
    if (is_heredoc_closer(text.substr(line, end - line), marker)) break;
    line = end + 1;
  }
  return line;
}

// Past the heredoc whose opener starts at `at`.
std::uint32_t skip_heredoc(std::string_view text, std::uint32_t at) {
  const HeredocOpener opener = heredoc_opener(text, at);
  if (opener.opener_end == 0) return at + 2;  // `<<` alone opens nothing
  const std::string_view marker = text.substr(opener.marker_begin, opener.marker_end - opener.marker_begin);
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::uint32_t closer = find_heredoc_closer(text, opener.opener_end, size, marker);
  return closer < size ? line_end(text, closer) : size;
}

}  // namespace

// Passes one token; strings and heredocs count as one.
void Parser::skip_token() {
  if (is(TokenKind::open_quote)) {
    resume_at(skip_string(text_, token_.begin));
  } else if (is(TokenKind::open_heredoc)) {
    resume_at(skip_heredoc(text_, token_.begin));
  } else {
    advance();
  }
}

// How many bytes stand before the current item on its line. Remembered: lines
// may be long and this is asked for every line that is passed over.
std::uint32_t Parser::item_indentation() {
  if (indented_item_ != item_begin_) {
    std::uint32_t line = item_begin_;
    while (line > 0 && text_[line - 1] != '\n') --line;
    indented_item_ = item_begin_;
    item_indentation_ = item_begin_ - line;
  }
  return item_indentation_;
}

// Whether the current token starts a line that looks like a body's next item
// or closing brace, indented no deeper than the item that is broken.
bool Parser::at_next_item() {
  if (token_.begin == item_begin_) return false;
  std::uint32_t line = token_.begin;
  while (line > 0 && (text_[line - 1] == ' ' || text_[line - 1] == '\t')) --line;
  if (line > 0 && text_[line - 1] != '\n') return false;
  if (token_.begin - line > item_indentation()) return false;
  if (is(TokenKind::close_brace)) return true;
  return is(TokenKind::identifier) && looks_like_item(text_, token_.begin);
}

// A line that starts in the middle of something cannot be an item: it belongs
// to the broken one above it.
bool Parser::at_continuation_line() const {
  switch (token_.kind) {
    case TokenKind::identifier:
    case TokenKind::newline:
    case TokenKind::end_of_file:
    case TokenKind::close_brace:
    case TokenKind::open_quote:
    case TokenKind::invalid:
    case TokenKind::apostrophe: return false;
    default: return true;
  }
}

void Parser::report_curly_quote() {
  if (!is(TokenKind::invalid)) return;
  const std::string_view character = text_of(token_);
  if (character != "“" && character != "”") return;
  report(rules::invalid_character, range(token_), "curly quotes do not quote strings")
      .suggest("replace them with straight quotes `\"`");
}

// Goes to where the body's next item starts, or to the brace that closes the
// body. What was reported stays; nothing in between is.
void Parser::recover_item(bool nested) {
  const bool curly = is(TokenKind::invalid);
  const std::uint32_t failed_at = token_.begin;
  set_ignore_newlines(false);
  Brackets brackets{failed_open_, 0};
  while (!is(TokenKind::end_of_file)) {
    if ((brackets.skipped_braces == 0 || !is(TokenKind::close_brace)) && at_next_item()) break;
    if (is(TokenKind::newline) && brackets.open == 0) {
      advance();
      if (at_next_item() || !at_continuation_line()) break;
      continue;
    }
    const bool closes_body = !brackets.pass(token_.kind) && nested;
    // Outside of templates a `~}` is wrong, but what it closes is closed.
    if (closes_body && is(TokenKind::strip_close)) token_.kind = TokenKind::close_brace;
    if (closes_body && is(TokenKind::close_brace)) break;
    if (curly && token_.begin > failed_at) report_curly_quote();
    skip_token();
  }
  failed_ = false;
  open_ = failed_open_ = 0;
}

// After a failure inside a list that was opened when `base_open` brackets were
// open (its own included): goes to the list's next separator or to its closing
// bracket. Lost when the list seems to have no end: the body's next item comes
// first, or a bracket of another kind.
Parser::Resync Parser::resync(TokenKind closer, Separators separators, unsigned base_open) {
  Brackets brackets{failed_open_ > base_open ? failed_open_ - base_open : 0, 0};
  const bool outer_ignore = ignore_newlines_;
  ignore_newlines_ = false;
  Resync result = Resync::lost;
  while (!is(TokenKind::end_of_file)) {
    if (brackets.open == 0 && is(closer)) {
      result = Resync::closer;
      break;
    }
    if ((brackets.skipped_braces == 0 || !is(TokenKind::close_brace)) && at_next_item()) break;
    const bool separates = (is(TokenKind::comma) && separators != Separators::none) ||
                           (is(TokenKind::newline) && separators == Separators::comma_and_newline);
    if (brackets.open == 0 && separates) {
      result = Resync::separator;
      break;
    }
    if (!brackets.pass(token_.kind)) break;
    skip_token();
  }
  ignore_newlines_ = outer_ignore;
  if (result == Resync::lost) {
    failed_open_ = base_open - 1;
  } else {
    failed_ = false;
    open_ = base_open;
    if (result == Resync::closer) recovered_end_ = token_.end;
  }
  return result;
}

// Past the brace that closes the sequence which goes on at `at`, or, when there
// is none on the line, the string's closing quote or the line's end.
std::uint32_t Parser::sequence_end(std::uint32_t at, bool quoted_template, bool& closed) const {
  const std::uint32_t begin = at;
  const std::uint32_t limit = line_end(text_.substr(0, std::size_t{begin} + sequence_reach), begin);
  unsigned depth = 0;
  bool quoted = false;
  closed = false;
  for (; at < limit; ++at) {
    const char c = text_[at];
    if (c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '{') {
      ++depth;
    } else if (!quoted && c == '}') {
      if (depth == 0) {
        closed = true;
        return at + 1;
      }
      --depth;
    }
  }
  return quoted_template ? closing_quote(text_, begin) : line_end(text_, begin);
}

// Whether a line ends in the sequence that starts at `begin`, and what stands
// behind belongs to the body: then the string has no end on its line.
std::uint32_t Parser::line_end_of_open_string(std::uint32_t begin) const {
  const std::size_t feed = text_.substr(begin, token_.begin - begin).find('\n');
  if (feed == std::string_view::npos) return nowhere;
  const std::uint32_t line = static_cast<std::uint32_t>(text_.substr(0, token_.begin).rfind('\n')) + 1;
  const std::uint32_t first = skip_blanks(text_, line);
  const bool closes_body =
      first < text_.size() && text_[first] == '}' &&
      (first + 1 >= text_.size() || newline_size(text_, skip_blanks(text_, first + 1)) > 0);
  if (!closes_body && !is(TokenKind::end_of_file) && !looks_like_item(text_, line)) return nowhere;
  const auto end = begin + static_cast<std::uint32_t>(feed);
  return text_[end - 1] == '\r' ? end - 1 : end;
}

// After a failure inside `${...}` or `%{...}`: the template goes on behind it.
void Parser::recover_sequence(TemplateContext& context) {
  bool closed = false;
  failed_ = false;
  context.last_literal = no_node;
  context.strip_next = false;
  if (context.kind == TemplateContext::Kind::quoted) {
    const std::uint32_t end = line_end_of_open_string(context.at);
    context.given_up = end != nowhere;
    if (context.given_up) context.at = end;
    if (context.given_up) return;
  }
  if (context.kind == TemplateContext::Kind::heredoc) {
    // The sequence may have run into the closing marker.
    const std::uint32_t closer =
        find_heredoc_closer(text_, line_end(text_, context.at) + 1, token_.begin, context.marker);
    if (closer <= token_.begin && closer < text_.size()) {
      context.at = closer;
      context.line_start = true;
      return;
    }
  }
  context.at = sequence_end(token_.begin, context.kind == TemplateContext::Kind::quoted, closed);
}

}  // namespace honua::syntax
