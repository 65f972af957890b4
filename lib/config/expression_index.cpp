// SPDX-License-Identifier: MIT
#include "config/expression_index.h"

#include "syntax/literals.h"

namespace honua::config {

using syntax::Expression;
using syntax::NodeKind;

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
  switch (value.kind()) {
    case NodeKind::object:
    case NodeKind::tuple:
      for (const Expression one : value) add(one.kind() == NodeKind::object_item ? one.child(1) : one);
      return;
    case NodeKind::string_template:
    case NodeKind::heredoc:
    case NodeKind::call:
    case NodeKind::attribute_access: {
      if (value.is_plain_string()) return;
      const source::SourceRange range = value.range();
      expressions_.emplace(Key{range.file, range.begin, range.end}, value);
      return;
    }
    default: return;
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
