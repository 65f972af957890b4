// SPDX-License-Identifier: MIT
#include "validation/written_text.h"

#include <cstddef>

#include "config/expression_index.h"
#include "evaluation/traversal.h"
#include "syntax/literals.h"

namespace honua::validation {

namespace {

using syntax::Expression;
using syntax::NodeKind;

// Of `env(...)` its arguments; the function's name is a child, too.
std::size_t env_arguments(Expression value) {
  const bool is_env = value.kind() == NodeKind::call && value.child(0).text() == "env";
  return is_env ? value.child_count() - 1 : 0;
}

bool is_template(Expression value) {
  return value.kind() == NodeKind::string_template || value.kind() == NodeKind::heredoc;
}

// What `"${...}"` is, and nothing else.
Expression without_quotes(Expression value) {
  value = config::bare_expression(value);
  while (is_template(value) && value.child_count() == 1 && value.child(0).kind() == NodeKind::interpolation)
    value = config::bare_expression(value.child(0).child(0));
  return value;
}

// Of `${var.NAME}`.
std::optional<std::string> variable_text(Expression part, const TextOfVariable& text_of_variable) {
  if (!text_of_variable || part.kind() != NodeKind::interpolation) return std::nullopt;
  const auto traversal = evaluation::static_traversal(config::bare_expression(part.child(0)));
  const bool is_variable = traversal && traversal->root == "var" && traversal->steps.size() == 1 &&
                           !traversal->steps[0].index.has_value();
  return is_variable ? text_of_variable(traversal->steps[0].name) : std::nullopt;
}

std::string parts_of(Expression value, const TextOfVariable& text_of_variable) {
  if (value.is_plain_string()) return syntax::plain_string_value(value);
  const auto literals = syntax::template_literals(value);
  std::string parts;
  for (const Expression part : value) {
    const auto literal = literals.find(part.id());
    parts +=
        literal == literals.end() ? variable_text(part, text_of_variable).value_or("${}") : literal->second;
  }
  return parts;
}

}  // namespace

std::optional<std::string> written_text(Expression expression, const TextOfVariable& text_of_variable) {
  Expression value = without_quotes(expression);
  if (env_arguments(value) == 2) value = without_quotes(value.child(2));
  return is_template(value) ? std::optional(parts_of(value, text_of_variable)) : std::nullopt;
}

std::optional<std::string> environment_variable_of(Expression expression) {
  const Expression value = without_quotes(expression);
  if (value.kind() == NodeKind::env_reference) return std::string(value.child(0).text());
  if (const std::size_t count = env_arguments(value); count == 1 || count == 2) {
    if (!value.child(1).is_plain_string()) return std::nullopt;
    const std::string name = syntax::plain_string_value(value.child(1));
    if (count == 1) return name;
    const Expression otherwise = without_quotes(value.child(2));
    if (otherwise.is_plain_string()) return name + " or text " + syntax::plain_string_value(otherwise);
    const auto variable = environment_variable_of(otherwise);
    return variable ? std::optional(name + " or " + *variable) : std::nullopt;
  }
  const auto traversal = evaluation::static_traversal(value);
  if (!traversal || traversal->root != "env" || traversal->steps.size() != 1) return std::nullopt;
  return traversal->steps[0].name;
}

}  // namespace honua::validation
