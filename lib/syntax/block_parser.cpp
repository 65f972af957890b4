// SPDX-License-Identifier: MIT
#include <string>

#include "syntax/parser_impl.h"

// Blocks with their headers and bodies: HCL native syntax specification,
// section Structural Elements, with Honua's tolerated forms behind the dialect.
namespace honua::syntax {

using diagnostics::FixSafety;

NodeId Parser::parse_block(const Token& type) {
  const NodeId block = add(NodeKind::block, type.begin, type.end);
  tree_.node(block).detail = name_size(type.end - type.begin);
  ChildList children;
  if (parse_block_labels(type, children)) return parse_variable_assignment(type, block, children);
  if (!failed_) {
    parse_block_body(type, block, children);
  } else {
    append(children, add(NodeKind::body, token_.begin, token_.begin));
    set_children(block, children);
  }
  return block;
}

// Reads labels up to the opening brace. True when `=` follows the header of a
// variable in its place.
bool Parser::parse_block_labels(const Token& type, ChildList& labels) {
  const std::string_view name = text_of(type);
  for (;;) {
    switch (token_.kind) {
      case TokenKind::open_brace: return false;
      case TokenKind::identifier:
        append(labels, add(NodeKind::label, token_));
        advance();
        continue;
      case TokenKind::apostrophe:
        if (dialect_ == Dialect::hcl) break;
        [[fallthrough]];
      case TokenKind::open_quote:
        append(labels, parse_label());
        if (failed_) return false;
        continue;
      case TokenKind::assign:
        if (dialect_ == Dialect::honua && (name == "variable" || name == "var") && labels.first != no_node &&
            labels.first == labels.last) {
          return true;
        }
        break;
      case TokenKind::newline:
        if (parse_block_open(type)) return false;
        break;
      default: break;
    }
    auto& made = fail_at_token(rules::invalid_block,
                               "expected a label or `{` in this block's header, found " + found());
    made.label(range(type.begin, previous_end_), "the header starts here");
    if (is(TokenKind::assign)) {
      made.suggest("an attribute is `name = value`, a block `type \"label\" { ... }`: this mixes both");
    } else if (is(TokenKind::newline)) {
      made.suggest("a block has a body: write `{` on the header's line");
    }
    skip_to_block_open();
    return false;
  }
}

// The opening brace on a line of its own: an error, but the body is still
// worth reading.
bool Parser::parse_block_open(const Token& type) {
  std::uint32_t at = token_.end;
  while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || newline_size(text_, at) > 0)) ++at;
  if (at >= text_.size() || text_[at] != '{') return false;
  report(rules::invalid_block, range(token_), "the block's `{` must be on the header's line")
      .label(range(type.begin, previous_end_), "this header")
      .label(range(at, at + 1), "move this brace up");
  resume_at(at);
  return true;
}

// A block label or a quoted attribute name: text without template sequences.
NodeId Parser::parse_label() {
  TemplateContext context;
  context.kind = TemplateContext::Kind::quoted;
  context.quote = is(TokenKind::apostrophe) ? '\'' : '"';
  context.begin = token_.begin;
  context.at = context.content = token_.end;
  std::uint16_t flags = flag::quoted;
  const NodeId label = add(NodeKind::label, token_);
  diagnostics::Diagnostic* single_quotes = nullptr;
  if (context.quote == '\'') {
    single_quotes = note_single_quotes(flags);
    if (single_quotes == nullptr) return label;
  }
  for (;;) {
    scan_quoted(context, flags);
    if (context.at >= text_.size() || (text_[context.at] != '$' && text_[context.at] != '%')) break;
    skip_label_sequence(context);
  }
  if (context.at < text_.size() && text_[context.at] == context.quote) {
    context.end_end = context.at + 1;
  } else {
    unterminated_string(context, context.at);
  }
  tree_.node(label).end = context.end_end;
  tree_.node(label).flags = flags;
  resume_at(context.end_end);
  if (single_quotes != nullptr) add_quotes_fix(*single_quotes, label);
  return label;
}

// At `${` or `%{` in a label: one finding, whatever is inside.
void Parser::skip_label_sequence(TemplateContext& context) {
  const bool strips = context.at + 2 < text_.size() && text_[context.at + 2] == '~';
  const std::string first(1, text_[context.at]);
  report(rules::invalid_label, range(context.at, context.at + (strips ? 3 : 2)),
         "a label is fixed text: `" + first + "{` is not allowed here")
      .suggest("to mean the characters themselves, double the first one: `" + first + first + "{`");
  bool closed = false;
  context.at = sequence_end(context.at + 2, true, closed);
}

void Parser::parse_block_body(const Token& type, NodeId block, ChildList& children) {
  const Token open = token_;
  advance();
  const bool multi_line = is(TokenKind::newline) || is(TokenKind::end_of_file) || is(TokenKind::close_brace);
  // A header that is not indented deeper than the block around it hints at a
  // missing brace there; remembered for the message at the end of the file.
  if (depth_ > 1 && suspect_brace_ == 0 && text_[type.begin - 1] == '\n') suspect_brace_ = type.begin;
  const NodeId body = multi_line ? parse_body(open.end, true) : parse_one_line_body(open.end);
  append(children, body);
  set_children(block, children);
  tree_.node(block).end = token_.end;
  if (failed_) return;
  if (!is(TokenKind::close_brace)) {
    failed_ = true;
    failed_open_ = 0;
    if (!unclosed_reported_) {
      unclosed_reported_ = true;
      auto& made = report(rules::unclosed_block, range(open), "this block is never closed");
      made.label(range(type), "the block starts here");
      if (suspect_brace_ != 0) {
        made.label(range(suspect_brace_, identifier_end(text_, suspect_brace_)),
                   "not indented, yet inside the unclosed block: the missing `}` belongs above");
      }
      made.suggest("add `}` on a line of its own");
    }
    return;
  }
  advance();  // }
  end_of_item("block", type.begin);
}

// `{ name = value }`: one attribute, no line end before the closing brace.
NodeId Parser::parse_one_line_body(std::uint32_t open_brace_end) {
  const DepthGuard guard(depth_);
  const NodeId body = add(NodeKind::body, open_brace_end, open_brace_end);
  tree_.node(body).flags = flag::one_line;
  if (guard.too_deep()) {
    fail_too_deep("blocks", range(open_brace_end - 1, open_brace_end));
    return body;
  }
  ChildList items;
  const std::uint32_t outer_begin = item_begin_;
  const std::size_t first_name = names_.size();
  std::uint32_t count = 0;
  if (dialect_ == Dialect::honua) {
    while (!failed_ && !is(TokenKind::close_brace) && !is(TokenKind::end_of_file)) {
      if (is(TokenKind::newline)) {
        advance();
        continue;
      }
      if (count > 0 && !is(TokenKind::identifier)) {
        fail_at_token(rules::invalid_block, "expected another attribute or `}`, found " + found());
        break;
      }
      if (parse_one_line_attribute(items, open_brace_end)) ++count;
    }
  } else if (parse_one_line_attribute(items, open_brace_end) && !is(TokenKind::close_brace) &&
             !is(TokenKind::end_of_file)) {
    auto& made =
        fail_at_token(rules::invalid_block, "expected `}` to end this one-line block, found " + found());
    made.label(range(open_brace_end - 1, open_brace_end), "a block on one line holds one attribute");
    made.suggest("start a new line behind `{` and write one attribute on each line");
  }
  if (failed_) {
    // The rest of a body that merely started too early is worth reading.
    recover_item(true);
    parse_items(items, true);
    unclosed_reported_ = unclosed_reported_ || is(TokenKind::end_of_file);
  }
  item_begin_ = outer_begin;
  set_children(body, items);
  tree_.node(body).end = token_.begin;
  report_duplicates(first_name);
  return body;
}

// One attribute of a one-line body. False when there was none or it failed.
bool Parser::parse_one_line_attribute(ChildList& items, std::uint32_t open_brace_end) {
  const Token name = token_;
  if (!is(TokenKind::identifier)) {
    fail_at_token(rules::item_expected, "expected an attribute, found " + found());
    return false;
  }
  advance();
  if (!is(TokenKind::assign)) {
    const bool block = is(TokenKind::open_quote) || is(TokenKind::open_brace) || is(TokenKind::identifier);
    if (block && dialect_ == Dialect::honua) {
      auto& made = report(rules::several_on_one_line, range(name),
                          "this block stands on the line of the block around it");
      made.suggest("HCL itself refuses it: start a new line");
      if (has_fixes(made))
        made.fixed_by(FixSafety::safe, "start a new line", {line_break_before(name.begin)});
      append(items, parse_block(name));
      return !failed_;
    }
    if (block) {
      fail(rules::invalid_block, range(name.begin, token_.end),
           "a block on one line cannot hold another block")
          .suggest("start a new line behind `{`");
    } else {
      fail(rules::item_expected, range(name), quote(name.begin, name.end) + " is no attribute")
          .suggest("write `name = value`");
    }
    return false;
  }
  advance();
  const NodeId attribute = add(NodeKind::attribute, name.begin, token_.begin);
  tree_.node(attribute).detail = name_size(name.end - name.begin);
  note_name(text_of(name), attribute);
  ChildList children;
  const NodeId value = parse_expression();
  append(children, value);
  if (failed_) tree_.node(value).kind = NodeKind::invalid;
  set_children(attribute, children);
  tree_.node(attribute).end = tree_.node(value).end;
  append(items, attribute);
  if (failed_) return false;
  if (dialect_ == Dialect::honua && !is(TokenKind::close_brace)) {
    if (is(TokenKind::newline) || (is(TokenKind::identifier) && looks_like_item(text_, token_.begin))) {
      auto& made =
          report(rules::several_on_one_line, range(token_), "a block on one line holds one attribute in HCL");
      made.suggest("start a new line behind `{` and write one attribute on each line");
      add_line_fix(made, open_brace_end);
    }
  }
  return true;
}

// The tolerated `variable "name" = value`: a block whose body has `default`.
NodeId Parser::parse_variable_assignment(const Token& type, NodeId block, ChildList& labels) {
  auto& made = report(rules::variable_assignment, range(token_), "a variable is declared by assignment")
                   .label(range(type.begin, previous_end_), "the variable")
                   .suggest("HCL itself refuses it: write `variable \"name\" { default = value }`");
  const std::uint32_t assign = token_.begin;
  advance();  // =
  const NodeId body = add(NodeKind::body, token_.begin, token_.begin);
  const NodeId attribute = add(NodeKind::attribute, token_.begin, token_.begin);
  const NodeId value = parse_expression();
  if (failed_) tree_.node(value).kind = NodeKind::invalid;
  for (const NodeId implied : {body, attribute}) {
    tree_.node(implied).flags = flag::implied;
    tree_.node(implied).end = tree_.node(value).end;
  }
  tree_.node(block).flags = flag::implied;
  tree_.node(attribute).first_child = value;
  tree_.node(body).first_child = attribute;
  append(labels, body);
  set_children(block, labels);
  tree_.node(block).end = tree_.node(value).end;
  if (!failed_ && has_fixes(made)) {
    const std::uint32_t end = end_with_comment(tree_.node(value).end);
    const std::string line(line_break());
    made.fixed_by(FixSafety::safe, "write a block with `default`",
                  {{range(assign, assign), "{" + line + "  default "}, {range(end, end), line + "}"}});
  }
  if (!failed_) end_of_item("variable", type.begin);
  return block;
}

}  // namespace honua::syntax
