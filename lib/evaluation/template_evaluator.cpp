// SPDX-License-Identifier: MIT
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"
#include "evaluation/text_checks.h"
#include "syntax/literals.h"

// Strings and heredocs: HCL native syntax specification, section Templates.
namespace honua::evaluation {

using syntax::NodeKind;

Value Evaluator::evaluate_template(Expression expression) {
  if (expression.is_plain_string()) {
    std::string text = syntax::plain_string_value(expression);
    check_text(expression, text);
    return Value::string(std::move(text)).with_range(expression.range());
  }
  if (const syntax::Tree* nested = expression.tree().nested(expression.id())) {
    return evaluate(nested->expression());
  }
  const bool quoted = expression.kind() == NodeKind::string_template;
  const Expression first = *expression.begin();
  // A single interpolation keeps its value's type.
  if (quoted && first.kind() == NodeKind::interpolation && expression.child_count() == 1) {
    return evaluate(first.child(0));
  }
  const syntax::Node* const outer = std::exchange(current_template_, &expression.data());
  if (!literals_.contains(current_template_)) {
    literals_.emplace(current_template_, syntax::template_literals(expression));
  }
  Value text = evaluate_parts(expression);
  current_template_ = outer;
  return std::move(text).with_range(expression.range());
}

// The parts of a template or of a directive's content, joined to a string.
Value Evaluator::evaluate_parts(Expression owner) {
  std::string text;
  bool known = true;
  bool sensitive = false;
  for (const Expression part : owner) {
    if (part.kind() == NodeKind::string_literal) {
      const std::string& literal = literal_text(part);
      check_text(part, literal);
      known = append_text(text, literal, owner.range()) && known;
      continue;
    }
    const auto value = evaluate_part(part);
    sensitive = sensitive || (value && value->is_sensitive());
    if (!value || value->is_unknown()) {
      known = false;
    } else {
      known = append_text(text, value->as_string(), owner.range()) && known;
    }
  }
  Value made = known ? Value::string(std::move(text)) : Value::unknown(ValueKind::string);
  return std::move(made).with_sensitive(sensitive);
}

// Within the limit on strings; false, after a finding, beyond.
bool Evaluator::append_text(std::string& text, std::string_view more, source::SourceRange range) {
  if (exhausted_ || text.size() > max_string_bytes) return false;
  if (loops_ > 0 && !spend(more.size() / 64, range)) return false;
  text += more;
  if (text.size() <= max_string_bytes) return true;
  report(rules::evaluation_limit, range, "this text is too long")
      .suggest("texts may have up to " + std::to_string(max_string_bytes) + " bytes");
  return false;
}

// A part as a string, possibly unknown; nothing after a finding.
std::optional<Value> Evaluator::evaluate_part(Expression part) {
  switch (part.kind()) {
    case NodeKind::interpolation: {
      const Expression inner = part.child(0);
      return part_as_string(inner, evaluate(inner));
    }
    case NodeKind::if_directive: return evaluate_if_directive(part);
    case NodeKind::for_directive: return evaluate_for_directive(part);
    default: return std::nullopt;  // invalid: reported by the parser
  }
}

std::optional<Value> Evaluator::part_as_string(Expression part, const Value& value) {
  if (value.is_null()) {
    report(rules::invalid_template_value, part.range(), "null has no text form")
        .suggest("give a replacement: `coalesce(..., \"\")`");
    return std::nullopt;
  }
  if (value.is_unknown()) return Value::unknown(ValueKind::string).with_sensitive(value.is_sensitive());
  if (!spend_on(value, part.range())) return std::nullopt;
  auto text = to_string_value(value);
  if (text) return std::move(*text);
  auto& made =
      report(rules::invalid_template_value, part.range(), describe_kind(value) + " has no text form");
  if (value.is_sequence()) made.suggest("to put elements together, call `join(\", \", ...)`");
  made.suggest("to see the value as JSON, call `jsonencode(...)`");
  return std::nullopt;
}

// Like a conditional, only the chosen content's errors count.
Value Evaluator::evaluate_if_directive(Expression directive) {
  const Value condition = evaluate(directive.child(0));
  const Mark true_begin = mark();
  const Value when_true = evaluate_parts(directive.child(1));
  const Mark false_begin = mark();
  const bool has_else = directive.child_count() > 2;
  const Value when_false = has_else ? evaluate_parts(directive.child(2)) : Value::string("");
  const Mark end = mark();
  const auto chosen = condition_of(directive.child(0), condition);
  if (chosen.value_or(true)) forget(false_begin, end, chosen.has_value());
  if (!chosen.value_or(false)) forget(true_begin, false_begin, chosen.has_value());
  Value result = chosen ? (*chosen ? when_true : when_false) : Value::unknown(ValueKind::string);
  if (condition.is_sensitive()) result = std::move(result).with_sensitive(true);
  return result;
}

const std::string& Evaluator::literal_text(Expression part) {
  static const std::string empty;
  const auto& texts = literals_.at(current_template_);
  const auto found = texts.find(part.id());
  return found == texts.end() ? empty : found->second;
}

// Text that other readers of the same files would take for a reference.
void Evaluator::check_text(Expression literal, std::string_view text) {
  if (context_.dialect != syntax::Dialect::honua) return;
  if (contains_env_call(text)) {
    report(rules::env_in_text, literal.range(), "this `env(...)` is text and stays as it is")
        .suggest("to insert the variable's value, write `${env(\"NAME\")}`");
  }
  const auto name = find_bare_variable(text);
  if (!name) return;
  // Only if there is such a variable: a path may well contain `var.`.
  const Traversal traversal{
      "var", literal.range(), {TraversalStep{*name, std::nullopt, true, literal.range()}}};
  if (!context_.scope.defines(traversal)) return;
  report(rules::var_in_text, literal.range(), "this `var." + *name + "` is text and stays as it is")
      .suggest("to insert the variable's value, write `${var." + *name + "}`");
}

}  // namespace honua::evaluation
