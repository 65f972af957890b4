// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "syntax/parser_impl.h"
#include "text/mask.h"

// What mends the forms that are no HCL: edits after which the file says the same in HCL.
namespace honua::syntax {

using diagnostics::Diagnostic;
using diagnostics::FixSafety;
using source::Edit;
using source::EditGroup;

bool Parser::has_fixes(const Diagnostic& made) const { return !tree_.has_origin() && made.is_kept(); }

// `env("NAME")` in place of the template if it holds nothing else, as HCL gives
// both the same value; inside of a longer text `${env("NAME")}`.
void Parser::add_env_fix(Diagnostic& made, const TemplateContext& context, std::uint32_t end,
                         std::string_view name) const {
  if (!has_fixes(made) || context.kind == TemplateContext::Kind::bare) return;
  // What was meant is not known, and a default may be a secret.
  if (text::shell_operator(name) != std::string_view::npos) return;
  std::string call = "env(\"";
  for (const char c : name) {
    if (c == '\\') call += '\\';
    call += c;
  }
  call += "\")";
  const bool is_all = context.kind == TemplateContext::Kind::quoted && context.at == context.content &&
                      end < text_.size() && text_[end] == context.quote;
  const std::string title = "write `" + call + "`";
  if (is_all) {
    made.fixed_by(FixSafety::safe, title, {Edit{range(context.begin, end + 1), call}});
  } else {
    made.fixed_by(FixSafety::safe, title, {Edit{range(context.at, end), "${" + call + "}"}});
  }
}

// Double quotes for the single ones of a string or label, with what is special
// inside of either. A directive has text of its own further inside: such strings stay.
void Parser::add_quotes_fix(Diagnostic& made, NodeId string) const {
  if (failed_ || !has_fixes(made)) return;
  const std::uint32_t begin = tree_.node(string).begin;
  const std::uint32_t end = tree_.node(string).end;
  EditGroup edits = {{range(begin, begin + 1), "\""}};
  const auto escape = [&](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t at = from; at < to; ++at) {
      if (text_[at] == '"') {
        add_edit(edits, {range(at, at), "\\"});
      } else if (text_[at] == '\\') {
        if (at + 1 < to && text_[at + 1] == '\'') add_edit(edits, {range(at, at + 1), ""});
        ++at;
      }
    }
  };
  if (tree_.node(string).first_child == no_node) escape(begin + 1, end - 1);
  for (NodeId part = tree_.node(string).first_child; part != no_node; part = tree_.node(part).next_sibling) {
    if (tree_.node(part).kind == NodeKind::string_literal) {
      escape(tree_.node(part).begin, tree_.node(part).end);
    } else if (tree_.node(part).kind != NodeKind::interpolation) {
      return;
    }
  }
  add_edit(edits, {range(end - 1, end), "\""});
  made.fixed_by(FixSafety::safe, "write double quotes", std::move(edits));
}

// For a body that starts on its brace's line and holds more than one attribute.
void Parser::add_line_fix(Diagnostic& made, std::uint32_t open_brace_end) {
  if (!has_fixes(made)) return;
  EditGroup edits = {{range(open_brace_end, skip_blanks(text_, open_brace_end)), std::string(line_break())}};
  if (is(TokenKind::identifier)) add_edit(edits, line_break_before(token_.begin));
  made.fixed_by(FixSafety::safe, "start a new line for each attribute", std::move(edits));
}

// The end of what was read up to `end`, with the comment behind it if nothing
// else follows on its line: that may say what is to be ignored there.
std::uint32_t Parser::end_with_comment(std::uint32_t end) const {
  if (is(TokenKind::end_of_file)) return static_cast<std::uint32_t>(text_.size());
  if (!is(TokenKind::newline)) return end;
  const std::uint32_t feed = token_.end - 1;
  return feed > end && text_[feed - 1] == '\r' ? feed - 1 : feed;
}

// A line end in place of the blanks in front of a token.
Edit Parser::line_break_before(std::uint32_t at) {
  std::uint32_t begin = at;
  while (begin > 0 && (text_[begin - 1] == ' ' || text_[begin - 1] == '\t')) --begin;
  return {range(begin, at), std::string(line_break())};
}

// As the file's first line has it. Looked for once: a file may be one line.
std::string_view Parser::line_break() {
  if (line_break_.empty()) {
    const std::uint32_t feed = line_end(text_, 0);
    line_break_ = feed > 0 && feed < text_.size() && text_[feed - 1] == '\r' ? "\r\n" : "\n";
  }
  return line_break_;
}

// Behind a value in front of a token that may start another. An operator may be missing just as well.
void Parser::add_comma_fix(Diagnostic& made, NodeId before) const {
  const bool starts_value = is(TokenKind::identifier) || is(TokenKind::number) || is(TokenKind::open_quote) ||
                            is(TokenKind::open_bracket) || is(TokenKind::open_brace);
  if (!starts_value || !made.is_kept() || tree_.has_origin()) return;
  made.fixed_by(FixSafety::unsafe, "put a comma between the two",
                {Edit{range(tree_.node(before).end, tree_.node(before).end), ","}});
}

}  // namespace honua::syntax
