// SPDX-License-Identifier: MIT
#include "syntax/parser.h"

#include <algorithm>
#include <utility>

#include "syntax/parser_impl.h"
#include "text/unicode.h"

namespace honua::syntax {

namespace {

// How much of the source a message repeats in backticks.
constexpr std::size_t max_quoted_source = 40;

}  // namespace

void report_malformed(const source::SourceFile& file, diagnostics::Diagnostics& sink) {
  const std::size_t at = text::find_malformed(file.text());
  if (at == std::string_view::npos) return;
  const text::CodePoint bad = text::decode(file.text(), at);
  const auto begin = static_cast<std::uint32_t>(at);
  sink.report(rules::invalid_encoding, {file.id(), begin, begin + bad.size}, "this is not well-formed UTF-8")
      .suggest("save the file in UTF-8; only the first such place of a file is reported");
}

Parser::Parser(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink)
    : file_(file), text_(file.text()), dialect_(dialect), sink_(sink), tree_(file), lexer_(text_, &tree_) {
  lexer_.set_position(file.content_begin());
}

Tree Parser::parse_file() {
  report_malformed(file_, sink_);
  advance();
  tree_.set_root(parse_body(file_.content_begin(), false));
  return std::move(tree_);
}

Tree Parser::parse_single_expression() {
  set_ignore_newlines(true);
  advance();
  NodeId root = parse_expression();
  if (!failed_ && !is(TokenKind::end_of_file)) {
    fail_at_token(rules::expression_expected, "extra characters after the expression");
  }
  if (failed_) root = add(NodeKind::invalid, 0, static_cast<std::uint32_t>(text_.size()));
  tree_.set_root(root);
  return std::move(tree_);
}

Tree Parser::parse_bare_template() {
  TemplateContext context;
  context.at = context.content = context.begin = file_.content_begin();
  const NodeId node = add(NodeKind::string_template, context.begin, static_cast<std::uint32_t>(text_.size()));
  tree_.node(node).flags = flag::bare;
  ChildList parts;
  tree_.set_root(finish_template(node, context, parts));
  return std::move(tree_);
}

void Parser::advance() {
  previous_end_ = token_.end;
  previous_kind_ = token_.kind;
  do {
    lexer_.next(token_);
  } while (ignore_newlines_ && token_.kind == TokenKind::newline);
}

// Switching newlines off also passes the ones that the parser stands before;
// switching them on is done while standing on a closing bracket.
void Parser::set_ignore_newlines(bool ignore) {
  ignore_newlines_ = ignore;
  while (ignore_newlines_ && token_.kind == TokenKind::newline) lexer_.next(token_);
}

void Parser::append(ChildList& list, NodeId child) {
  if (list.last == no_node) {
    list.first = child;
  } else {
    tree_.node(list.last).next_sibling = child;
  }
  list.last = child;
}

std::string Parser::quote(std::uint32_t begin, std::uint32_t end) const {
  std::string_view shown = text_.substr(begin, end - begin);
  const bool cut = shown.size() > max_quoted_source;
  if (cut) {
    std::size_t keep = max_quoted_source;
    while (keep > 0 && (static_cast<unsigned char>(shown[keep]) & 0xC0U) == 0x80U) --keep;
    shown = shown.substr(0, keep);
  }
  return "`" + std::string(shown) + (cut ? "…`" : "`");
}

std::string Parser::found() const {
  if (is(TokenKind::identifier) || is(TokenKind::number)) return quote(token_.begin, token_.end);
  if (is(TokenKind::end_of_file) && tree_.has_origin()) return "the end of the string";
  return std::string(describe(token_.kind));
}

diagnostics::Diagnostic& Parser::report(const diagnostics::Rule& rule, source::SourceRange where,
                                        std::string message) {
  // What was opened deeper is not known, so what closes it would seem to close nothing.
  if (nesting_reported_) return unreported_ = diagnostics::Diagnostic{};
  nesting_reported_ = &rule == &rules::nesting_too_deep;
  if (rule.severity == diagnostics::Severity::error) {
    if (std::find(last_errors_.begin(), last_errors_.end(), where.begin) != last_errors_.end()) {
      return unreported_ = diagnostics::Diagnostic{};
    }
    std::rotate(last_errors_.begin(), last_errors_.begin() + 1, last_errors_.end());
    last_errors_.back() = where.begin;
  }
  return sink_.report(rule, where, std::move(message));
}

diagnostics::Diagnostic& Parser::fail(const diagnostics::Rule& rule, source::SourceRange where,
                                      std::string message) {
  const bool first = !failed_;
  failed_ = true;
  if (!first) return unreported_ = diagnostics::Diagnostic{};
  failed_open_ = open_;
  // What doesn't fit right behind a broken list is that list's doing.
  if (recovered_end_ != 0 && recovered_end_ == previous_end_) return unreported_ = diagnostics::Diagnostic{};
  return report(rule, where, std::move(message));
}

void Parser::fail_too_deep(std::string_view what, source::SourceRange where) {
  fail(rules::nesting_too_deep, where,
       std::string(what) + " are nested deeper than " + std::to_string(max_nesting_depth) + " levels");
}

diagnostics::Diagnostic& Parser::fail_at_token(const diagnostics::Rule& rule, std::string message) {
  const source::SourceRange where = range(token_);
  const std::string shown = quote(token_.begin, token_.end);
  switch (token_.kind) {
    case TokenKind::slash:
    case TokenKind::star: {
      const std::uint32_t slash = token_.begin - (is(TokenKind::star) && token_.begin > 0 ? 1 : 0);
      if (text_.substr(slash, 2) != "/*") return fail(rule, where, std::move(message));
      return fail(rules::unclosed_bracket, where, "this comment is never closed").suggest("end it with `*/`");
    }
    case TokenKind::bitwise: {
      auto& made = fail(rules::unsupported_operator, where, "HCL has no bitwise operator " + shown);
      if (shown == "`&`") made.suggest("the logical operator is `&&`");
      if (shown == "`|`") made.suggest("the logical operator is `||`");
      if (shown == "`~`") made.suggest("the logical operator is `!`");
      return made;
    }
    case TokenKind::semicolon:
      return fail(rules::invalid_character, where, "`;` separates nothing in HCL")
          .suggest("end attributes with a new line, list items with a comma");
    case TokenKind::backtick:
      return fail(rules::invalid_character, where, "backticks do not quote strings")
          .suggest("use double quotes, or a heredoc such as `<<EOT` for several lines");
    case TokenKind::apostrophe:
      return fail(rules::invalid_character, where, "single quotes do not quote strings")
          .suggest("use double quotes");
    case TokenKind::invalid: break;
    case TokenKind::malformed:
      failed_ = true;
      failed_open_ = open_;
      return unreported_ = diagnostics::Diagnostic{};
    default: return fail(rule, where, std::move(message));
  }
  const std::string_view character = text_of(token_);
  if (character == "“" || character == "”") {
    return fail(rules::invalid_character, where, "curly quotes do not quote strings")
        .suggest("replace them with straight quotes `\"`");
  }
  if (character == "\r") {
    return fail(rules::invalid_character, where, "a carriage return without a line feed ends no line")
        .suggest("use LF or CRLF line ends");
  }
  if (character.size() > 1) {
    return fail(rules::invalid_character, where, shown + " has no meaning in HCL")
        .suggest("if it looks like a blank, it is another kind of space: retype it");
  }
  return fail(rules::invalid_character, where, shown + " has no meaning in HCL");
}

Tree parse(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink) {
  return Parser(file, dialect, sink).parse_file();
}

Tree parse_expression(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink) {
  return Parser(file, dialect, sink).parse_single_expression();
}

Tree parse_template(const source::SourceFile& file, Dialect dialect, diagnostics::Diagnostics& sink) {
  return Parser(file, dialect, sink).parse_bare_template();
}

Tree parse_template(const source::SourceFile& file, Tree::Origin origin, Dialect dialect,
                    diagnostics::Diagnostics& sink) {
  Parser parser(file, dialect, sink);
  parser.set_origin(origin);
  return parser.parse_bare_template();
}

}  // namespace honua::syntax
