// SPDX-License-Identifier: MIT
#include <string>

#include "syntax/parser_impl.h"

// Calls, tuples, objects and `for` expressions: HCL native syntax
// specification, sections Collection Values, For Expressions and Functions.
namespace honua::syntax {

// `name(argument, ...)`, also `space::name(...)`. `name` has been read.
NodeId Parser::parse_call(const Token& name) {
  Token full = name;
  while (is(TokenKind::double_colon)) {
    advance();
    if (!is(TokenKind::identifier)) {
      fail_at_token(rules::invalid_call, "expected a name behind `::`, found " + found());
      return invalid();
    }
    full.end = token_.end;
    advance();
  }
  const NodeId call = add(NodeKind::call, full.begin, full.end);
  ChildList children;
  append(children, add(NodeKind::identifier, full.begin, full.end));
  set_children(call, children);
  if (!is(TokenKind::open_parenthesis)) {
    fail_at_token(rules::invalid_call, "expected `(` behind a function's name, found " + found())
        .suggest("names with `::` are functions and must be called");
    return call;
  }
  const Token open = token_;
  const bool outer_ignore = ignore_newlines_;
  const unsigned base = ++open_;
  advance();
  set_ignore_newlines(true);
  while (!parse_arguments(children, call, full, open)) {
    const Resync end = resync(TokenKind::close_parenthesis, Separators::comma, base);
    if (end == Resync::separator) advance();
    if (end != Resync::separator) break;
  }
  set_children(call, children);
  ignore_newlines_ = outer_ignore;
  if (failed_) return call;
  tree_.node(call).end = token_.end;
  --open_;
  advance();
  return call;
}

// Reads arguments up to the closing parenthesis, which stays the current
// token. False after a failure.
bool Parser::parse_arguments(ChildList& children, NodeId call, const Token& name, const Token& open) {
  while (!is(TokenKind::close_parenthesis)) {
    const NodeId argument = parse_expression();
    append(children, argument);
    if (failed_) {
      tree_.node(argument).kind = NodeKind::invalid;
      return false;
    }
    if (is(TokenKind::close_parenthesis)) break;
    if (is(TokenKind::ellipsis)) {
      const Token ellipsis = token_;
      tree_.node(call).flags = flag::expand_final;
      advance();
      if (is(TokenKind::close_parenthesis)) break;
      fail(rules::invalid_call, range(ellipsis), "`...` must be the last thing before `)`")
          .suggest("only a call's final argument can be expanded");
      return false;
    }
    if (is(TokenKind::end_of_file)) {
      fail(rules::unclosed_bracket, range(name.begin, open.end), "this call is never closed")
          .suggest("add `)`");
      return false;
    }
    if (!is(TokenKind::comma)) {
      auto& made =
          fail_at_token(rules::missing_separator, "expected `,` or `)` behind an argument, found " + found());
      made.label(range(open), "the arguments start here");
      add_comma_fix(made, argument);
      return false;
    }
    advance();
  }
  return true;
}

NodeId Parser::parse_tuple() {
  const Token open = token_;
  const bool outer_ignore = ignore_newlines_;
  const unsigned base = ++open_;
  advance();
  set_ignore_newlines(true);
  if (is_keyword("for")) {
    const NodeId loop = parse_for(open, false);
    ignore_newlines_ = outer_ignore;
    if (!failed_) {
      --open_;
      advance();
    }
    return loop;
  }
  const NodeId tuple = add(NodeKind::tuple, open.begin, open.end);
  ChildList elements;
  while (!is(TokenKind::close_bracket)) {
    if (is(TokenKind::end_of_file)) {
      fail(rules::unclosed_bracket, range(token_), "the file ends inside a list")
          .label(range(open), "this `[` is never closed");
      break;
    }
    const NodeId element = parse_expression();
    append(elements, element);
    if (failed_) {
      tree_.node(element).kind = NodeKind::invalid;
    } else if (is(TokenKind::comma)) {
      advance();
      continue;
    } else if (is(TokenKind::close_bracket)) {
      break;
    } else if (is(TokenKind::end_of_file)) {
      fail(rules::unclosed_bracket, range(open), "this list is never closed").suggest("add `]`");
    } else {
      auto& made = fail_at_token(rules::missing_separator,
                                 "expected `,` or `]` behind a list's element, found " + found());
      made.label(range(open), "the list starts here");
      add_comma_fix(made, element);
    }
    const Resync end = resync(TokenKind::close_bracket, Separators::comma, base);
    if (end != Resync::separator) break;
    advance();
  }
  set_children(tuple, elements);
  ignore_newlines_ = outer_ignore;
  if (failed_) return tuple;
  tree_.node(tuple).end = token_.end;
  --open_;
  advance();
  return tuple;
}

NodeId Parser::parse_object() {
  const Token open = token_;
  const bool outer_ignore = ignore_newlines_;
  const unsigned base = ++open_;
  advance();
  set_ignore_newlines(true);  // line ends before the first item mean nothing
  if (is_keyword("for")) {
    const NodeId loop = parse_for(open, true);
    ignore_newlines_ = outer_ignore;
    if (!failed_) {
      --open_;
      advance();
    }
    return loop;
  }
  ignore_newlines_ = false;
  const NodeId object = add(NodeKind::object, open.begin, open.end);
  ChildList items;
  while (!is(TokenKind::close_brace)) {
    if (is(TokenKind::newline)) {
      advance();
      continue;
    }
    if (is(TokenKind::end_of_file)) {
      fail(rules::unclosed_bracket, range(token_), "the file ends inside an object")
          .label(range(open), "this `{` is never closed");
      break;
    }
    if (parse_object_item(items, open)) {
      if (!is(TokenKind::close_brace)) advance();  // comma or newline
      continue;
    }
    const Resync end = resync(TokenKind::close_brace, Separators::comma_and_newline, base);
    if (end != Resync::separator) break;
    advance();
  }
  set_children(object, items);
  ignore_newlines_ = outer_ignore;
  if (failed_) return object;
  tree_.node(object).end = token_.end;
  --open_;
  advance();
  return object;
}

// `key = value` or `key : value` and the separator behind it, which stays the
// current token. False after a failure.
bool Parser::parse_object_item(ChildList& items, const Token& open) {
  const std::uint32_t begin = token_.begin;
  const NodeId key = parse_expression();
  if (failed_) return false;
  Node& key_node = tree_.node(key);
  const bool is_name = key_node.kind == NodeKind::variable || key_node.kind == NodeKind::boolean ||
                       key_node.kind == NodeKind::null;
  if (is_name) key_node.kind = NodeKind::identifier;
  if (!is(TokenKind::assign) && !is(TokenKind::colon)) {
    report_missing_assign(open);
    return false;
  }
  const bool colon = is(TokenKind::colon);
  advance();
  const NodeId value = parse_expression();
  const NodeId item = add(NodeKind::object_item, begin, tree_.node(value).end);
  tree_.node(item).first_child = key;
  tree_.node(key).next_sibling = value;
  if (colon) tree_.node(item).flags = flag::colon;
  append(items, item);
  if (failed_) {
    tree_.node(value).kind = NodeKind::invalid;
    return false;
  }
  if (is(TokenKind::close_brace) || is(TokenKind::comma) || is(TokenKind::newline)) return true;
  if (is(TokenKind::end_of_file)) {
    fail(rules::unclosed_bracket, range(open), "this object is never closed").suggest("add `}`");
    return false;
  }
  fail_at_token(rules::missing_separator,
                "expected `,`, a new line or `}` behind this item, found " + found())
      .label(range(begin, previous_end_), "this item is complete");
  return false;
}

void Parser::report_missing_assign(const Token& open) {
  switch (token_.kind) {
    case TokenKind::end_of_file:
      fail(rules::unclosed_bracket, range(open), "this object is never closed").suggest("add `}`");
      return;
    case TokenKind::newline:
    case TokenKind::comma:
      fail_at_token(rules::missing_separator, "this key has no value").suggest("write `key = value`");
      return;
    case TokenKind::arrow:
      fail_at_token(rules::missing_separator, "expected `=` behind the key, found `=>`")
          .suggest("`=>` belongs to `for` expressions only");
      return;
    case TokenKind::open_brace:
      fail_at_token(rules::missing_separator, "expected `=` behind the key, found `{`")
          .suggest("inside an object, nested objects are values: write `key = { ... }`");
      return;
    default:
      fail_at_token(rules::missing_separator, "expected `=` behind the key, found " + found())
          .suggest("a key with dots, blanks or other characters must be in quotes");
  }
}

// Behind the opening bracket, at `for`. Leaves the closing bracket current.
NodeId Parser::parse_for(const Token& open, bool object) {
  const TokenKind closer = object ? TokenKind::close_brace : TokenKind::close_bracket;
  const unsigned base = open_;
  const NodeId loop = add(object ? NodeKind::for_object : NodeKind::for_tuple, open.begin, open.end);
  ChildList children;
  std::uint16_t flags = 0;
  NodeId key = no_node;
  NodeId value = no_node;
  Token grouping{TokenKind::end_of_file, 0, 0};
  advance();  // for
  if (parse_for_introduction(children, flags)) {
    value = parse_expression();
    if (!failed_ && is(TokenKind::arrow)) {
      advance();
      key = value;
      append(children, key);
      value = parse_expression();
    }
    append(children, value);
  }
  if (!failed_ && is(TokenKind::ellipsis)) {
    grouping = token_;
    flags |= flag::grouping;
    advance();
  }
  if (!failed_ && is_keyword("if")) {
    advance();
    flags |= flag::has_condition;
    append(children, parse_expression());
  }
  if (!failed_ && !is(closer)) {
    fail_at_token(rules::invalid_for, "expected the end of the `for` expression, found " + found())
        .label(range(open), "it starts here");
  }
  if (!failed_) check_for_form(open, object, key, value, grouping);
  if (failed_) {
    resync(closer, Separators::none, base);
    tree_.node(loop).kind = NodeKind::invalid;
  }
  tree_.node(loop).flags = flags;
  if (tree_.node(loop).kind != NodeKind::invalid) set_children(loop, children);
  tree_.node(loop).end = token_.end;
  return loop;
}

// `name, name in collection :`
bool Parser::parse_for_introduction(ChildList& children, std::uint16_t& flags) {
  if (!is(TokenKind::identifier)) {
    fail_at_token(rules::invalid_for, "expected a variable's name behind `for`, found " + found())
        .suggest("to use the word `for` as a name here, put it in quotes or parentheses");
    return false;
  }
  append(children, add(NodeKind::identifier, token_));
  advance();
  if (is(TokenKind::comma)) {
    advance();
    if (!is(TokenKind::identifier)) {
      fail_at_token(rules::invalid_for, "expected the second variable's name, found " + found());
      return false;
    }
    append(children, add(NodeKind::identifier, token_));
    flags |= flag::has_key;
    advance();
  }
  if (!is_keyword("in")) {
    fail_at_token(rules::invalid_for, "expected `in` behind the `for` variables, found " + found());
    return false;
  }
  advance();
  append(children, parse_expression());
  if (failed_) return false;
  if (!is(TokenKind::colon)) {
    fail_at_token(rules::invalid_for, "expected `:` behind the collection, found " + found());
    return false;
  }
  advance();
  return true;
}

// Objects need `key => value`, lists must not have it.
void Parser::check_for_form(const Token& open, bool object, NodeId key, NodeId value, const Token& grouping) {
  const bool groups = grouping.end != 0;
  if (!object && key != no_node) {
    report(rules::invalid_for, tree_.range(key), "a `for` in brackets builds a list, which has no keys")
        .label(range(open), "use braces to build an object");
  }
  if (!object && groups) {
    report(rules::invalid_for, range(grouping), "`...` groups values under keys, and a list has none")
        .label(range(open), "use braces to build an object");
  }
  if (object && key == no_node) {
    report(rules::invalid_for, tree_.range(value),
           "a `for` in braces builds an object and needs `key => value`")
        .label(range(open), "use brackets to build a list");
  }
  if (object ? key == no_node : (key != no_node || groups)) {
    failed_ = true;
    failed_open_ = open_;
  }
}

}  // namespace honua::syntax
