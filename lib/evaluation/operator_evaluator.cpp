// SPDX-License-Identifier: MIT
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"

// Operators and conditionals: HCL native syntax specification, sections
// Operations and Conditional Operator.
namespace honua::evaluation {

using syntax::BinaryOperator;

namespace {

bool any_sensitive(const Value& a, const Value& b) { return a.is_sensitive() || b.is_sensitive(); }

source::SourceRange between(source::SourceRange first, source::SourceRange last) {
  return {first.file, first.begin, last.end};
}

Number::Expected<Number> calculate(BinaryOperator op, const Number& left, const Number& right) {
  switch (op) {
    case BinaryOperator::add: return add(left, right);
    case BinaryOperator::subtract: return subtract(left, right);
    case BinaryOperator::multiply: return multiply(left, right);
    case BinaryOperator::divide: return divide(left, right);
    default: return modulo(left, right);
  }
}

bool compare_numbers(BinaryOperator op, const Number& left, const Number& right) {
  switch (op) {
    case BinaryOperator::less: return left < right;
    case BinaryOperator::greater: return left > right;
    case BinaryOperator::less_or_equal: return left <= right;
    default: return left >= right;
  }
}

}  // namespace

Value Evaluator::apply_binary(Expression expression, const Value& left, Mark left_begin) {
  const Mark right_begin = mark();
  const Value right = evaluate(expression.child(1));
  Value result;
  switch (expression.binary_operator()) {
    case BinaryOperator::logical_or:
    case BinaryOperator::logical_and:
      result = logical(expression, left, right, left_begin, right_begin);
      break;
    case BinaryOperator::equal:
    case BinaryOperator::not_equal: result = equality(expression, left, right); break;
    case BinaryOperator::less:
    case BinaryOperator::greater:
    case BinaryOperator::less_or_equal:
    case BinaryOperator::greater_or_equal: result = comparison(expression, left, right); break;
    default: result = arithmetic(expression, left, right); break;
  }
  const bool sensitive = result.is_sensitive() || any_sensitive(left, right);
  return std::move(result).with_sensitive(sensitive).with_range(expression.range());
}

// The converted operand; nothing after a finding. Null passes.
std::optional<Value> Evaluator::operand(Expression place, const Value& value, ValueKind kind) {
  auto converted = kind == ValueKind::boolean ? to_boolean(value) : to_number(value);
  if (converted) return std::move(*converted);
  auto& made = report(rules::invalid_operand, place.range(), converted.error());
  if (kind == ValueKind::number && value.kind() == ValueKind::string) {
    made.suggest("to put texts together, write a template: `\"${a}${b}\"`");
  }
  return std::nullopt;
}

void Evaluator::null_operand(Expression expression, Expression place) {
  report(rules::invalid_operand, expression.range(), "an operand is null")
      .label(place.range(), "this is null");
}

// Both sides are always evaluated. If one of them decides alone, the errors of
// the other do not count: `a != null && a.b` needs no more than that.
Value Evaluator::logical(Expression expression, const Value& left, const Value& right, Mark left_begin,
                         Mark right_begin) {
  const bool decisive = expression.binary_operator() == BinaryOperator::logical_or;
  // What the conversion of the left side finds belongs to the left side, so
  // the findings of the right one are taken out meanwhile.
  std::vector<diagnostics::Diagnostic> of_right(
      findings_.begin() + static_cast<std::ptrdiff_t>(right_begin.findings), findings_.end());
  findings_.resize(right_begin.findings);
  const auto a = operand(expression.child(0), left, ValueKind::boolean);
  const Mark middle = mark();
  findings_.insert(findings_.end(), of_right.begin(), of_right.end());
  const auto b = operand(expression.child(1), right, ValueKind::boolean);

  const auto is = [](const std::optional<Value>& side, bool wanted) {
    return side && side->kind() == ValueKind::boolean && side->as_boolean() == wanted;
  };
  if (is(a, decisive)) {
    drop_errors(middle, mark());
    return Value::boolean(decisive);
  }
  if (is(b, decisive)) {
    drop_errors(left_begin, middle);
    return Value::boolean(decisive);
  }
  if (!a || !b) return Value::unknown();
  if (a->is_null() || b->is_null()) {
    null_operand(expression, expression.child(a->is_null() ? 0 : 1));
    return Value::unknown();
  }
  if (is(a, !decisive) && is(b, !decisive)) return Value::boolean(!decisive);
  return Value::unknown(ValueKind::boolean);
}

Value Evaluator::arithmetic(Expression expression, const Value& left, const Value& right) {
  const auto a = operand(expression.child(0), left, ValueKind::number);
  const auto b = operand(expression.child(1), right, ValueKind::number);
  if (!a || !b) return Value::unknown();
  if (a->is_null() || b->is_null()) {
    null_operand(expression, expression.child(a->is_null() ? 0 : 1));
    return Value::unknown();
  }
  if (a->is_unknown() || b->is_unknown()) return Value::unknown(ValueKind::number);
  if (!spend_on_long(a->as_number().cost(), expression.range()) ||
      !spend_on_long(b->as_number().cost(), expression.range()))
    return Value::unknown(ValueKind::number);
  auto result = calculate(expression.binary_operator(), a->as_number(), b->as_number());
  if (result) return Value::number(std::move(*result));
  if (result.error() == NumberError::too_large) {
    report(rules::evaluation_limit, expression.range(), "the result has too many digits")
        .suggest("numbers may have up to about " + std::to_string(max_decimal_exponent) + " digits");
  } else {
    auto& made = report(rules::undefined_result, expression.range(), "this calculation has no result");
    if (!any_sensitive(left, right)) {
      made.label(expression.child(0).range(), "this is " + describe(*a))
          .label(expression.child(1).range(), "this is " + describe(*b));
    }
  }
  return Value::unknown();
}

Value Evaluator::comparison(Expression expression, const Value& left, const Value& right) {
  const auto a = operand(expression.child(0), left, ValueKind::number);
  const auto b = operand(expression.child(1), right, ValueKind::number);
  if (!a || !b) return Value::unknown();
  if (a->is_null() || b->is_null()) {
    null_operand(expression, expression.child(a->is_null() ? 0 : 1));
    return Value::unknown();
  }
  if (a->is_unknown() || b->is_unknown()) return Value::unknown(ValueKind::boolean);
  if (!spend_on_long(a->as_number().cost(), expression.range()) ||
      !spend_on_long(b->as_number().cost(), expression.range()))
    return Value::unknown(ValueKind::boolean);
  return Value::boolean(compare_numbers(expression.binary_operator(), a->as_number(), b->as_number()));
}

// Any types, without conversion.
Value Evaluator::equality(Expression expression, const Value& left, const Value& right) {
  const bool sensitive = left.holds_sensitive() || right.holds_sensitive();
  const std::uint64_t cost = std::min(left.weight(), right.weight());
  if (cost > 16 && !spend(cost, expression.range())) return Value::unknown(ValueKind::boolean);
  const auto same = equal_if_known(left, right);
  Value result = Value::unknown(ValueKind::boolean);
  if (same) result = Value::boolean(*same == (expression.binary_operator() == BinaryOperator::equal));
  return std::move(result).with_sensitive(sensitive);
}

Value Evaluator::evaluate_unary(Expression expression) {
  const bool negate = expression.unary_operator() == syntax::UnaryOperator::negate;
  const ValueKind kind = negate ? ValueKind::number : ValueKind::boolean;
  const Value given = evaluate(expression.child(0));
  const auto value = operand(expression.child(0), given, kind);
  Value result = Value::unknown();
  if (value && value->is_null()) {
    null_operand(expression, expression.child(0));
  } else if (value && value->is_unknown()) {
    result = Value::unknown(kind);
  } else if (value) {
    result = negate ? Value::number(value->as_number().negated()) : Value::boolean(!value->as_boolean());
  }
  return std::move(result).with_sensitive(given.is_sensitive()).with_range(expression.range());
}

// Nothing after a finding, or when it is not known yet.
std::optional<bool> Evaluator::condition_of(Expression condition, const Value& value) {
  if (value.is_null()) {
    report(rules::invalid_condition, condition.range(), "the condition is null");
    return std::nullopt;
  }
  if (value.is_unknown()) return std::nullopt;
  const auto converted = to_boolean(value);
  if (!converted) {
    report(rules::invalid_condition, condition.range(), "a condition is a bool: " + converted.error());
    return std::nullopt;
  }
  return converted->as_boolean();
}

// Both results are evaluated, as the type of the whole depends on both, but
// only the errors of the chosen one count; none of them if that is not known.
Value Evaluator::evaluate_conditional(Expression expression) {
  const Mark begin = mark();
  const Value condition = evaluate(expression.child(0));
  const bool condition_broken = has_errors_since(begin);
  const Mark true_begin = mark();
  const Value when_true = evaluate(expression.child(1));
  const Mark false_begin = mark();
  const Value when_false = evaluate(expression.child(2));
  const Mark end = mark();
  const bool broken = has_errors_since(true_begin);
  const auto chosen = condition_of(expression.child(0), condition);
  // From the back, so that the marks in front stay right.
  if (chosen.value_or(true)) forget(false_begin, end, chosen.has_value());
  if (!chosen.value_or(false)) forget(true_begin, false_begin, chosen.has_value());

  Value result = unify_results(expression, {when_true, when_false, broken}, chosen);
  // Who mends the condition may get another result: its type is no ground for complaints.
  if (condition_broken) result = Value::unknown();
  if (condition.is_sensitive()) result = std::move(result).with_sensitive(true);
  return result;
}

// The chosen result, brought to the type that both have in common. Of results
// with findings of their own nobody knows which type they should have had.
Value Evaluator::unify_results(Expression expression, const Results& results, std::optional<bool> chosen) {
  const auto& [when_true, when_false, broken] = results;
  const Value& result = chosen.value_or(true) ? when_true : when_false;
  const bool same_scalars = when_true.expected_kind() == when_false.expected_kind() && result.depth() == 0 &&
                            !when_true.is_sequence() && !when_false.is_sequence();
  if (same_scalars) return chosen ? result : Value::unknown(result.expected_kind());
  const auto is_open = [](const Value& value) { return value.expected_kind() == ValueKind::unknown; };
  if (is_open(when_true) || is_open(when_false)) return chosen ? result : Value::unknown();
  if (!spend(when_true.weight() + when_false.weight(), expression.range())) return Value::unknown();

  const Expression true_place = expression.child(1);
  const Expression false_place = expression.child(2);
  const Type types[] = {type_of(when_true), type_of(when_false)};
  const auto type = unify(types);
  if (!type && broken) return chosen ? result : Value::unknown();
  if (!type) {
    report(rules::inconsistent_conditional, between(true_place.range(), false_place.range()),
           "the results of a conditional must be of one type")
        .label(true_place.range(), "this is " + describe_kind(when_true))
        .label(false_place.range(), "this is " + describe_kind(when_false));
    return Value::unknown();
  }
  if (!chosen) return Value::unknown(value_kind(*type));
  auto converted = convert(result, *type);
  if (converted) return std::move(*converted);
  if (broken) return result;
  report(rules::inconsistent_conditional, (*chosen ? true_place : false_place).range(), converted.error());
  return Value::unknown();
}

}  // namespace honua::evaluation
