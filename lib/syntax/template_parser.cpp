// SPDX-License-Identifier: MIT
#include <string>
#include <utility>

#include "syntax/parser_impl.h"
#include "syntax/scan.h"
#include "text/unicode.h"

// Quoted strings, heredocs and their sequences: HCL native syntax
// specification, section Templates. What strings say is decoded later, by
// literals.h; here they are only checked and cut into parts.
namespace honua::syntax {

namespace {

// How many lines behind what does not open a heredoc its marker is looked for:
// a file may consist of such lines.
constexpr unsigned heredoc_reach = 200;

}  // namespace

// `"..."`, or the tolerated `'...'`. The opening quote is the current token.
NodeId Parser::parse_quoted_template() {
  TemplateContext context;
  context.kind = TemplateContext::Kind::quoted;
  context.quote = is(TokenKind::apostrophe) ? '\'' : '"';
  context.begin = token_.begin;
  context.at = context.content = token_.end;
  const NodeId node = add(NodeKind::string_template, context.begin, token_.end);
  std::uint16_t flags = 0;
  diagnostics::Diagnostic* single_quotes = nullptr;
  if (context.quote == '\'') {
    single_quotes = note_single_quotes(flags);
    if (single_quotes == nullptr) return node;
  }
  // Nearly all strings have one part and need no node but their own.
  scan_quoted(context, flags);
  if (context.at < text_.size() && text_[context.at] == context.quote) {
    tree_.node(node).flags = flags;
    tree_.node(node).end = context.at + 1;
    resume_at(context.at + 1);
    if (single_quotes != nullptr) add_quotes_fix(*single_quotes, node);
    return node;
  }
  context.scanned_to = context.at;
  context.scanned_flags = static_cast<std::uint16_t>(flags & ~flag::single_quoted);
  context.at = context.content;
  tree_.node(node).flags = flags & flag::single_quoted;
  ChildList parts;
  finish_template(node, context, parts);
  if (single_quotes != nullptr) add_quotes_fix(*single_quotes, node);
  return node;
}

// At the tolerated `'`: the finding; nothing when no other one ends the string on its line.
diagnostics::Diagnostic* Parser::note_single_quotes(std::uint16_t& flags) {
  const std::uint32_t close = find_closing_apostrophe(token_.end);
  if (close == 0) {
    fail_at_token(rules::invalid_character, "");
    return nullptr;
  }
  flags |= flag::single_quoted;
  return &report(rules::single_quoted_string, range(token_.begin, close), "this string is in single quotes")
              .suggest("HCL itself refuses it: use double quotes");
}

// The position of the `'` that ends a single-quoted string, or 0.
std::uint32_t Parser::find_closing_apostrophe(std::uint32_t at) const {
  for (; at < text_.size() && text_[at] != '\n'; ++at) {
    if (text_[at] == '\\') {
      ++at;
    } else if (text_[at] == '\'') {
      return at + 1;
    }
  }
  return 0;
}

NodeId Parser::parse_heredoc() {
  const HeredocOpener opener = heredoc_opener(text_, token_.begin);
  TemplateContext context;
  context.kind = TemplateContext::Kind::heredoc;
  context.marker = text_.substr(opener.marker_begin, opener.marker_end - opener.marker_begin);
  context.begin = token_.begin;
  context.at = context.content = opener.opener_end;
  const NodeId node = add(NodeKind::heredoc, token_.begin, token_.end);
  if (opener.flush) tree_.node(node).flags = flag::flush;
  ChildList parts;
  return finish_template(node, context, parts);
}

// At `<<` that opens no heredoc. One finding for all of it: the lines up to
// what would be its end are passed over.
void Parser::fail_malformed_heredoc() {
  const HeredocOpener opener = heredoc_opener(text_, token_.begin);
  std::uint32_t begin = opener.marker_begin;
  while (begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '"' || text_[begin] == '\''))
    ++begin;
  const std::uint32_t end = identifier_end(text_, begin);
  auto& made = fail(rules::expression_expected, range(token_), "this does not open a heredoc");
  if (begin != opener.marker_begin) {
    made.suggest("the marker follows `<<` or `<<-` at once, without quotes: `<<EOT`");
  } else {
    made.suggest("the marker is a name and the last thing on its line: `<<EOT`");
  }
  if (begin == end) return;
  const std::string_view marker = text_.substr(begin, end - begin);
  std::uint32_t line = line_end(text_, end);
  for (unsigned lines = 0; line < text_.size() && lines < heredoc_reach; ++lines) {
    const std::uint32_t next = line_end(text_, line + 1);
    if (looks_like_item(text_, line + 1) &&
        !is_heredoc_closer(text_.substr(line + 1, next - line - 1), marker) && text_[line + 1] != ' ' &&
        text_[line + 1] != '\t') {
      return;
    }
    if (is_heredoc_closer(text_.substr(line + 1, next - line - 1), marker)) {
      resume_at(next);
      return;
    }
    line = next;
  }
}

// Reads all parts of a template and what closes it.
NodeId Parser::finish_template(NodeId node, TemplateContext& context, ChildList& parts) {
  Marker marker;
  for (;;) {
    const Ending ending = parse_parts(context, parts, marker);
    if (ending == Ending::end_of_template) break;
    stray_directive(ending, marker);
  }
  set_children(node, parts);
  tree_.node(node).end = context.end_end;
  if (context.kind != TemplateContext::Kind::bare) resume_at(context.end_end);
  return node;
}

// Reads parts up to the end of the template, or to a marker that belongs to an
// enclosing directive.
Parser::Ending Parser::parse_parts(TemplateContext& context, ChildList& parts, Marker& marker) {
  for (;;) {
    if (!parse_literal(context, parts)) return Ending::end_of_template;
    if (text_[context.at] == '$') {
      parse_interpolation(context, parts);
      continue;
    }
    const Ending ending = parse_directive(context, parts, marker);
    if (ending != Ending::end_of_template) return ending;
  }
}

// Reads literal text up to the next sequence, where it returns true, or to the
// template's end, which it notes in the context.
bool Parser::parse_literal(TemplateContext& context, ChildList& parts) {
  const std::uint32_t begin = context.at;
  std::uint16_t flags = 0;
  switch (context.kind) {
    case TemplateContext::Kind::quoted:
      if (context.scanned_to != 0) {
        context.at = context.scanned_to;
        flags = context.scanned_flags;
        context.scanned_to = 0;
      } else {
        scan_quoted(context, flags);
      }
      break;
    case TemplateContext::Kind::heredoc: scan_heredoc(context, flags); break;
    case TemplateContext::Kind::bare: scan_bare(context, flags); break;
  }
  const std::uint32_t end = context.at;
  if (end > begin) {
    if (context.strip_next) flags |= flag::stripped_left;
    const NodeId literal = add(NodeKind::string_literal, begin, end);
    tree_.node(literal).flags = flags;
    append(parts, literal);
    context.last_literal = literal;
  } else {
    context.last_literal = no_node;
  }
  context.strip_next = false;
  if (is_sequence_start(text_, context.at) && context.end_end == 0) return true;
  if (context.end_end != 0) return false;
  // A quoted or bare template: what ends it stands here.
  if (context.kind == TemplateContext::Kind::quoted && context.at < text_.size() &&
      text_[context.at] == context.quote) {
    context.end_begin = context.at;
    context.end_end = context.at + 1;
  } else if (context.kind == TemplateContext::Kind::quoted) {
    unterminated_string(context, context.at);
  } else {
    context.end_begin = context.end_end = context.at;
  }
  return false;
}

// Advances to a sequence, the closing quote, the line's end or the text's.
void Parser::scan_quoted(TemplateContext& context, std::uint16_t& flags) {
  std::uint32_t at = context.at;
  const auto size = static_cast<std::uint32_t>(text_.size());
  while (at < size) {
    at = skip_string_fast(text_, at);
    if (at == size) break;
    const char c = text_[at];
    if (c == context.quote || newline_size(text_, at) > 0 || is_sequence_start(text_, at)) break;
    if (c == '\r') {
      report(rules::invalid_character, range(at, at + 1), "a carriage return inside a string")
          .suggest("write it as `\\r`");
      ++at;
    } else if (c == '\\') {
      flags |= flag::escaped;
      at = check_escape(at, context.quote);
    } else if (is_sequence_escape(text_, at)) {
      flags |= flag::escaped;
      at += 3;
    } else {
      ++at;
    }
  }
  context.at = at;
}

// Reports a bad escape; returns the position behind it either way.
std::uint32_t Parser::check_escape(std::uint32_t at, char quote_character) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const char selector = at + 1 < size ? text_[at + 1] : '\0';
  switch (selector) {
    case 'n':
    case 'r':
    case 't':
    case '"':
    case '\\': return at + 2;
    case 'u':
    case 'U': return check_unicode_escape(at);
    default: break;
  }
  if (selector == '\'' && quote_character == '\'') return at + 2;
  if (selector == '\0' || newline_size(text_, at + 1) > 0) {
    report_escape(at, at + 1, "a backslash at the end of the line escapes nothing");
    return at + 1;
  }
  const std::uint32_t end = at + 1 + static_cast<std::uint32_t>(text::first_grapheme(text_.substr(at + 1)));
  report_escape(at, end, quote(at, end) + " is no escape sequence of HCL");
  return end;
}

// `\uXXXX` and `\UXXXXXXXX`: exactly that many digits, and no surrogates.
std::uint32_t Parser::check_unicode_escape(std::uint32_t at) {
  const unsigned wanted = text_[at + 1] == 'u' ? 4 : 8;
  std::uint32_t end = at + 2;
  std::uint32_t value = 0;
  while (end < text_.size() && end < at + 2 + wanted) {
    const int digit = hex_digit(text_[end]);
    if (digit < 0) break;
    value = value * 16 + static_cast<std::uint32_t>(digit);
    ++end;
  }
  if (end != at + 2 + wanted) {
    report_escape(at, end,
                  "`\\" + std::string(1, text_[at + 1]) + "` must be followed by " + std::to_string(wanted) +
                      " hexadecimal digits");
  } else if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    report_escape(at, end, quote(at, end) + " names no Unicode character");
  }
  return end;
}

void Parser::report_escape(std::uint32_t begin, std::uint32_t end, std::string message) {
  report(rules::invalid_escape, range(begin, end), std::move(message))
      .suggest(
          "a backslash itself is written `\\\\`; the escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, "
          "`\\uXXXX` and "
          "`\\UXXXXXXXX`");
}

// Advances to a sequence or behind the closing marker's line, line by line.
void Parser::scan_heredoc(TemplateContext& context, std::uint16_t& flags) {
  std::uint32_t at = context.at;
  const auto size = static_cast<std::uint32_t>(text_.size());
  for (;;) {
    const std::uint32_t feed = context.line_start ? line_end(text_, at) : at;
    if (context.line_start && is_heredoc_closer(text_.substr(at, feed - at), context.marker)) {
      context.at = at;
      const bool carriage = feed > at && feed < size && text_[feed - 1] == '\r';
      context.end_begin = at;
      context.end_end = carriage ? feed - 1 : feed;
      if (feed == size) {
        report(rules::unterminated_heredoc, range(size, size),
               "a heredoc's last line must end with a line end")
            .label(range(at, size), "this would close it")
            .suggest("add an empty line at the end of the file");
      }
      return;
    }
    for (; at < size && text_[at] != '\n'; ++at) {
      if (is_sequence_escape(text_, at)) {
        flags |= flag::escaped;
        at += 2;
      } else if (is_sequence_start(text_, at)) {
        context.at = at;
        context.line_start = false;
        return;
      }
    }
    if (at >= size) break;
    ++at;
    context.line_start = true;
  }
  context.at = size;
  context.end_begin = context.end_end = size;
  const std::string marker(context.marker);
  unclosed_reported_ = true;  // the heredoc has swallowed what would close the blocks around it
  report(rules::unterminated_heredoc, range(size, size), "the file ends inside a heredoc")
      .label(range(context.begin, context.content), "this heredoc is never closed")
      .suggest("close it with a line that holds just `" + marker + "`");
}

void Parser::scan_bare(TemplateContext& context, std::uint16_t& flags) {
  std::uint32_t at = context.at;
  while (at < text_.size() && !is_sequence_start(text_, at)) {
    if (is_sequence_escape(text_, at)) {
      flags |= flag::escaped;
      at += 3;
    } else {
      ++at;
    }
  }
  context.at = at;
}

// The line or the file ended before the closing quote. A quote on one of the
// next lines is taken for the missing one when they don't look like items.
void Parser::unterminated_string(TemplateContext& context, std::uint32_t at) {
  context.end_begin = context.end_end = at;
  if (context.given_up) return;
  const std::uint32_t ended = newline_size(text_, at);
  auto& made = report(rules::unterminated_string, range(at, at + ended),
                      ended > 0 ? "the line ends inside a string" : "the file ends inside a string");
  made.label(range(context.begin, context.content), "the string starts here");
  made.suggest("close it with `\"`; for text over several lines use `\\n` or a heredoc such as `<<EOT`");
  // In a sequence that began on this line the line's end ends both strings.
  const bool in_sequence =
      ended > 0 && sequence_begin_ < context.begin &&
      text_.substr(sequence_begin_, at - sequence_begin_).find('\n') == std::string_view::npos;
  if (in_sequence) {
    failed_ = true;
    failed_open_ = open_;
  } else {
    context.end_end = find_string_resumption(at, context.quote);
  }
}

std::uint32_t Parser::find_string_resumption(std::uint32_t at, char quote_character) const {
  // A longer text in quotes is unlikely, a forgotten quote more likely.
  constexpr int max_lines = 50;
  std::uint32_t line = at;
  for (int i = 0; i < max_lines; ++i) {
    const std::uint32_t ended = newline_size(text_, line);
    if (ended == 0) return at;
    const std::uint32_t begin = line + ended;
    const std::uint32_t first = skip_blanks(text_, begin);
    if (first >= text_.size() || text_[first] == '}' || text_[first] == ']' || looks_like_item(text_, first))
      return at;
    for (line = begin; line < text_.size() && newline_size(text_, line) == 0; ++line) {
      if (text_[line] == quote_character && text_[line - 1] != '\\') {
        // Only a quote that can end a value: the next one on the line would
        // show that this one starts a string.
        const std::uint32_t rest = line_end(text_, line);
        return text_.substr(line + 1, rest - line - 1).find(quote_character) == std::string_view::npos
                   ? line + 1
                   : at;
      }
    }
  }
  return at;
}

}  // namespace honua::syntax
