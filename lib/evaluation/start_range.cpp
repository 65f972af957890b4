// SPDX-License-Identifier: MIT
#include "evaluation/evaluator_impl.h"

namespace honua::evaluation {

using syntax::Expression;
using syntax::NodeKind;
namespace flag = syntax::flag;

namespace {

// From this byte to the end of the whole expression.
source::SourceRange from(std::uint32_t begin, Expression whole) {
  return whole.tree().to_source(begin, whole.data().end);
}

// A plain string starts behind its quote, a template with its first part.
source::SourceRange template_start(Expression expression) {
  if (expression.data().first_child == syntax::no_node) {
    const bool empty = expression.data().end - expression.data().begin <= 2;
    return empty || expression.has(flag::bare) ? expression.range()
                                               : from(expression.data().begin + 1, expression);
  }
  const Expression first = *expression.begin();
  const bool single = expression.child_count() == 1;
  if (first.kind() == NodeKind::interpolation && !single) return start_range(first.child(0));
  if (first.kind() == NodeKind::if_directive) return start_range(first.child(0));
  return first.kind() == NodeKind::interpolation ? expression.range() : first.range();
}

}  // namespace

source::SourceRange start_range(Expression expression) {
  const Expression whole = expression;
  for (;;) {
    switch (expression.kind()) {
      case NodeKind::binary:
      case NodeKind::conditional: expression = expression.child(0); continue;
      case NodeKind::string_template:
      case NodeKind::heredoc: return template_start(expression);
      case NodeKind::attribute_splat:
      case NodeKind::full_splat: return from(step_range(expression).begin, whole);
      case NodeKind::index:
        if (!static_step(expression)) return from(step_range(expression).begin, whole);
        return from(expression.data().begin, whole);
      default: return from(expression.data().begin, whole);
    }
  }
}

}  // namespace honua::evaluation
