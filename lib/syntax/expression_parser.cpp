// SPDX-License-Identifier: MIT
#include <array>
#include <string>

#include "syntax/parser_impl.h"

// Operators, traversals and primary expressions: HCL native syntax
// specification, section Expressions.
namespace honua::syntax {

namespace {

struct Precedence {
  int level = 0;  // 0: no binary operator; higher binds tighter
  BinaryOperator op = BinaryOperator::add;
};

constexpr std::array<Precedence, 64> precedences = [] {
  std::array<Precedence, 64> table{};
  const auto set = [&table](TokenKind kind, int level, BinaryOperator op) {
    table[static_cast<std::size_t>(kind)] = {level, op};
  };
  set(TokenKind::logical_or, 1, BinaryOperator::logical_or);
  set(TokenKind::logical_and, 2, BinaryOperator::logical_and);
  set(TokenKind::equal, 3, BinaryOperator::equal);
  set(TokenKind::not_equal, 3, BinaryOperator::not_equal);
  set(TokenKind::less, 4, BinaryOperator::less);
  set(TokenKind::greater, 4, BinaryOperator::greater);
  set(TokenKind::less_or_equal, 4, BinaryOperator::less_or_equal);
  set(TokenKind::greater_or_equal, 4, BinaryOperator::greater_or_equal);
  set(TokenKind::plus, 5, BinaryOperator::add);
  set(TokenKind::minus, 5, BinaryOperator::subtract);
  set(TokenKind::star, 6, BinaryOperator::multiply);
  set(TokenKind::slash, 6, BinaryOperator::divide);
  set(TokenKind::percent, 6, BinaryOperator::modulo);
  return table;
}();

Precedence precedence_of(TokenKind kind) { return precedences[static_cast<std::size_t>(kind)]; }

// At most one dot, before at most one exponent.
bool is_well_formed_number(std::string_view digits) {
  const std::size_t exponent = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, exponent);
  const std::size_t dot = mantissa.find('.');
  if (dot != std::string_view::npos && mantissa.find('.', dot + 1) != std::string_view::npos) return false;
  return exponent == std::string_view::npos ||
         digits.find_first_of(".eE", exponent + 1) == std::string_view::npos;
}

}  // namespace

NodeId Parser::parse_expression() {
  const DepthGuard guard(depth_);
  if (guard.too_deep()) {
    fail_too_deep("expressions", range(token_));
    return invalid();
  }
  return parse_conditional();
}

NodeId Parser::parse_conditional() {
  const NodeId condition = parse_binary(1);
  if (failed_ || !is(TokenKind::question)) return condition;
  advance();
  const NodeId when_true = parse_expression();
  if (failed_) return when_true;
  if (!is(TokenKind::colon)) {
    auto& made =
        fail_at_token(rules::invalid_conditional, "expected `:` and the other result, found " + found());
    if (is(TokenKind::newline)) {
      made.suggest("a conditional over several lines must be wrapped in parentheses");
    } else {
      made.suggest("a conditional has the form `condition ? result : other`");
    }
    return condition;
  }
  advance();
  const NodeId when_false = parse_expression();
  if (failed_) return when_false;
  const NodeId node = add(NodeKind::conditional, tree_.node(condition).begin, tree_.node(when_false).end);
  ChildList children;
  append(children, condition);
  append(children, when_true);
  append(children, when_false);
  set_children(node, children);
  return node;
}

// Precedence climbing; operators of one level associate to the left.
NodeId Parser::parse_binary(int minimum_level) {
  NodeId left = parse_unary();
  for (;;) {
    if (failed_) return left;
    const Precedence operation = precedence_of(token_.kind);
    if (operation.level < minimum_level || operation.level == 0) return left;
    advance();
    const NodeId right = parse_binary(operation.level + 1);
    if (failed_) return right;
    const NodeId node = add(NodeKind::binary, tree_.node(left).begin, tree_.node(right).end);
    tree_.node(node).detail = static_cast<std::uint8_t>(operation.op);
    tree_.node(node).first_child = left;
    tree_.node(left).next_sibling = right;
    left = node;
  }
}

NodeId Parser::parse_unary() {
  if (!is(TokenKind::minus) && !is(TokenKind::bang)) return parse_postfix(parse_primary());
  const DepthGuard guard(depth_);
  const Token symbol = token_;
  if (guard.too_deep()) {
    fail_too_deep("operators", range(token_));
    return invalid();
  }
  advance();
  const NodeId operand = parse_unary();
  if (failed_) return operand;
  const NodeId node = add(NodeKind::unary, symbol.begin, tree_.node(operand).end);
  const UnaryOperator op =
      symbol.kind == TokenKind::minus ? UnaryOperator::negate : UnaryOperator::logical_not;
  tree_.node(node).detail = static_cast<std::uint8_t>(op);
  tree_.node(node).first_child = operand;
  return node;
}

// `.name`, `[key]`, `.*`, `[*]` behind a primary expression.
NodeId Parser::parse_postfix(NodeId source) {
  while (!failed_) {
    if (is(TokenKind::dot)) {
      source = parse_access(source, false);
    } else if (is(TokenKind::open_bracket)) {
      source = parse_index(source);
    } else {
      break;
    }
  }
  return source;
}

NodeId Parser::parse_primary() {
  switch (token_.kind) {
    case TokenKind::identifier: return parse_name();
    case TokenKind::number: return parse_number();
    case TokenKind::open_quote: return parse_quoted_template();
    case TokenKind::open_heredoc: return parse_heredoc();
    case TokenKind::open_parenthesis: return parse_parentheses();
    case TokenKind::open_bracket: return parse_tuple();
    case TokenKind::open_brace: return parse_object();
    case TokenKind::apostrophe:
      if (dialect_ == Dialect::honua) return parse_quoted_template();
      return expression_missing();
    default: return expression_missing();
  }
}

NodeId Parser::expression_missing() {
  const NodeId place = invalid();
  if (is(TokenKind::less) && token_.end < text_.size() && text_[token_.end] == '<') {
    fail_malformed_heredoc();
    return place;
  }
  const bool after_operator = precedence_of(previous_kind_).level > 0 ||
                              previous_kind_ == TokenKind::question || previous_kind_ == TokenKind::colon;
  auto& made = fail_at_token(rules::expression_expected, "expected a value, found " + found());
  if (is(TokenKind::newline) && after_operator) {
    made.suggest("an expression over several lines must be wrapped in parentheses");
  } else if (is(TokenKind::newline)) {
    made.suggest("the value must start on the same line");
  } else if (is(TokenKind::star) && previous_kind_ == TokenKind::star) {
    made.suggest("HCL has no operator for powers");
  } else if (is(TokenKind::assign)) {
    made.suggest("comparisons are `==`, `!=`, `<=` and `>=`");
  } else if (is(TokenKind::dot)) {
    made.suggest("numbers start with a digit: `0.5`");
  } else if (is(TokenKind::plus)) {
    made.suggest("numbers have no leading `+`");
  }
  return place;
}

// A name: a literal, a call, or the root of a traversal.
NodeId Parser::parse_name() {
  const Token name = token_;
  advance();
  if (is(TokenKind::open_parenthesis) || is(TokenKind::double_colon)) return parse_call(name);
  const std::string_view text = text_of(name);
  if (text == "true" || text == "false") {
    const NodeId node = add(NodeKind::boolean, name);
    tree_.node(node).detail = text == "true" ? 1 : 0;
    return node;
  }
  return add(text == "null" ? NodeKind::null : NodeKind::variable, name);
}

NodeId Parser::parse_number() {
  const Token number = token_;
  advance();
  const NodeId node = add(NodeKind::number, number);
  if (!is_well_formed_number(text_of(number))) {
    report(rules::invalid_number, range(number), quote(number.begin, number.end) + " is no number")
        .suggest("to mean text, such as a version, put it in quotes");
    tree_.node(node).kind = NodeKind::invalid;
  }
  return node;
}

NodeId Parser::parse_parentheses() {
  const Token open = token_;
  const bool outer_ignore = ignore_newlines_;
  const unsigned base = ++open_;
  advance();
  set_ignore_newlines(true);
  const NodeId inner = parse_expression();
  if (!failed_ && !is(TokenKind::close_parenthesis)) {
    fail_at_token(rules::unclosed_bracket, "expected `)`, found " + found())
        .label(range(open), "opened here");
  }
  if (failed_) {
    resync(TokenKind::close_parenthesis, Separators::none, base);
    tree_.node(inner).kind = NodeKind::invalid;
  }
  ignore_newlines_ = outer_ignore;
  if (failed_) return inner;
  const NodeId node = add(NodeKind::parentheses, open.begin, token_.end);
  tree_.node(node).first_child = inner;
  --open_;
  advance();
  return node;
}

// `.name`, `.0` or `.*` behind `source`.
NodeId Parser::parse_access(NodeId source, bool inside_splat) {
  const Token dot = token_;
  advance();
  if (is(TokenKind::star) && !inside_splat) return parse_attribute_splat(source, dot);
  if (is(TokenKind::star)) {
    fail_at_token(rules::invalid_traversal, "a splat cannot be applied inside a `.*` splat")
        .suggest("use `[*]`, which takes everything behind it for each element");
    return source;
  }
  if (is(TokenKind::identifier) || is(TokenKind::number)) {
    const bool by_name = is(TokenKind::identifier);
    const std::string_view text = text_of(token_);
    if (!by_name && text.find('.') != std::string_view::npos) {
      const std::size_t split = text.find('.');
      report(rules::invalid_traversal, range(token_),
             quote(token_.begin, token_.end) + " reads as one number")
          .suggest("write the two indexes as `[" + std::string(text.substr(0, split)) + "][" +
                   std::string(text.substr(split + 1)) + "]`");
    } else if (!by_name && text.find_first_of("eE") != std::string_view::npos &&
               !is_well_formed_number(text)) {
      report(rules::invalid_number, range(token_), quote(token_.begin, token_.end) + " is no number");
    }
    const NodeId step = add(by_name ? NodeKind::identifier : NodeKind::number, token_);
    const NodeKind kind = by_name ? NodeKind::attribute_access : NodeKind::legacy_index;
    const NodeId node = add(kind, tree_.node(source).begin, token_.end);
    tree_.node(node).first_child = source;
    tree_.node(source).next_sibling = step;
    advance();
    return node;
  }
  auto& made = fail_at_token(rules::invalid_traversal, "expected a name after the dot, found " + found());
  if (is(TokenKind::open_quote)) made.suggest("names with other characters go into brackets: `x[\"a b\"]`");
  return source;
}

// `.*` and the `.name` steps behind it, which apply to each element; an index
// behind them applies to the result.
NodeId Parser::parse_attribute_splat(NodeId source, const Token& dot) {
  const Token star = token_;
  advance();
  NodeId each = add(NodeKind::splat_item, dot.begin, star.end);
  while (is(TokenKind::dot) && !failed_) each = parse_access(each, true);
  const NodeId node = add(NodeKind::attribute_splat, tree_.node(source).begin, previous_end_);
  tree_.node(node).first_child = source;
  tree_.node(source).next_sibling = each;
  return node;
}

NodeId Parser::parse_index(NodeId source) {
  const Token open = token_;
  const bool outer_ignore = ignore_newlines_;
  const unsigned base = ++open_;
  advance();
  if (is(TokenKind::star)) return parse_full_splat(source, open);
  set_ignore_newlines(true);
  const NodeId key = parse_expression();
  if (!failed_ && !is(TokenKind::close_bracket)) {
    fail_at_token(rules::unclosed_bracket, "expected `]` behind the index, found " + found())
        .label(range(open), "opened here");
  }
  if (failed_) {
    resync(TokenKind::close_bracket, Separators::none, base);
    tree_.node(key).kind = NodeKind::invalid;
  }
  ignore_newlines_ = outer_ignore;
  if (failed_) return source;
  const NodeId node = add(NodeKind::index, tree_.node(source).begin, token_.end);
  tree_.node(node).first_child = source;
  tree_.node(source).next_sibling = key;
  --open_;
  advance();
  return node;
}

// `[*]` and everything behind it, which applies to each element.
NodeId Parser::parse_full_splat(NodeId source, const Token& open) {
  const DepthGuard guard(depth_);
  advance();
  if (!is(TokenKind::close_bracket)) {
    fail_at_token(rules::unclosed_bracket, "expected `]` behind `[*`, found " + found())
        .label(range(open), "opened here");
    return source;
  }
  if (guard.too_deep()) {
    fail_too_deep("splats", range(token_));
    return source;
  }
  --open_;
  const NodeId item = add(NodeKind::splat_item, open.begin, token_.end);
  advance();
  const NodeId each = parse_postfix(item);
  const NodeId node = add(NodeKind::full_splat, tree_.node(source).begin, tree_.node(each).end);
  tree_.node(node).first_child = source;
  tree_.node(source).next_sibling = each;
  return node;
}

}  // namespace honua::syntax
