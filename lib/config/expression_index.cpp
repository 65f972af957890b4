// SPDX-License-Identifier: MIT
#include "config/expression_index.h"

#include "syntax/literals.h"

namespace honua::config {

using syntax::Expression;
using syntax::NodeKind;

namespace {

// Whether an expression may be, or lead to, a text or a variable. References to blocks, of which there may be
// a million, are neither.
bool is_indexed(Expression value) {
  switch (value.kind()) {
    case NodeKind::string_template:
    case NodeKind::heredoc: return !value.is_plain_string();
    case NodeKind::call: return value.child(0).text() == "env";
    case NodeKind::attribute_access: {
      while (value.kind() == NodeKind::attribute_access) value = value.child(0);
      return value.kind() == NodeKind::variable && (value.text() == "env" || value.text() == "var");
    }
    default: return false;
  }
}

}  // namespace

ExpressionIndex::ExpressionIndex(std::span<const LoadInput> inputs) {
  for (const LoadInput& input : inputs) {
    if (input.is_json) {
      add(input.tree->expression());
    } else {
      add(input.tree->body());
    }
  }
}

void ExpressionIndex::add(syntax::Body body) {
  body.visit([this](syntax::Attribute one) { add(one.expression()); },
             [this](syntax::Block one) { add(one.body()); });
}

void ExpressionIndex::add(Expression value) {
  value = syntax::without_parentheses(value);
  if (value.kind() == NodeKind::object || value.kind() == NodeKind::tuple) {
    for (const Expression one : value) add(one.kind() == NodeKind::object_item ? one.child(1) : one);
  } else if (is_indexed(value)) {
    const source::SourceRange range = value.range();
    expressions_.emplace(Key{range.file, range.begin, range.end}, value);
  }
}

std::optional<Expression> ExpressionIndex::at(source::SourceRange range) const {
  const auto found = expressions_.find(Key{range.file, range.begin, range.end});
  return found == expressions_.end() ? std::nullopt : std::optional(found->second);
}

Expression bare_expression(Expression value) {
  value = syntax::without_parentheses(value);
  const syntax::Tree* nested = value.tree().nested(value.id());
  return nested == nullptr ? value : nested->expression();
}

}  // namespace honua::config
