// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "base/assert.h"
#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"
#include "text/mask.h"
#include "text/suggest.h"

// Calls: HCL native syntax specification, section Functions and Function Calls.
namespace honua::evaluation {

using syntax::NodeKind;
namespace flag = syntax::flag;

namespace {

// A function's name may have blanks around its `::`.
std::string function_name(syntax::Expression call) {
  std::string name(call.child(0).text());
  std::erase_if(name, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return name;
}

// Going through them by number takes time with the square of their number.
std::vector<syntax::Expression> arguments_of(syntax::Expression call) {
  std::vector<syntax::Expression> arguments;
  bool is_name = true;
  for (const syntax::Expression child : call) {
    if (!is_name) arguments.push_back(child);
    is_name = false;
  }
  return arguments;
}

std::string arguments_in_words(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

const Parameter& parameter_of(const Function& function, std::size_t position) {
  return position < function.parameters.size() ? function.parameters[position] : *function.variadic;
}

bool blocks_call(const Function& function, const Value& argument) {
  switch (function.unknowns) {
    case Unknowns::shallow: return argument.is_unknown();
    case Unknowns::deep: return !argument.is_wholly_known();
    case Unknowns::handled: return false;
  }
  return false;
}

bool marks_result(const Function& function, const Value& argument) {
  switch (function.marks) {
    case Marks::whole: return argument.holds_sensitive();
    case Marks::kept: return argument.is_sensitive();
  }
  return true;
}

}  // namespace

Value Evaluator::evaluate_call(Expression expression) {
  Call call{expression, function_name(expression), nullptr, {}, {}};
  call.function = find_function(call.name);
  const bool takes_expressions = call.name == "try" || call.name == "can";
  const bool lazy = takes_expressions && (call.name == "try" || expression.child_count() == 2);
  if (takes_expressions && expression.has(flag::expand_final)) {
    report(rules::invalid_argument, expression.child(expression.child_count() - 1).range(),
           "`" + call.name + "` takes expressions as they are and cannot expand a list with `...`");
    return Value::unknown();
  }
  if (lazy) return call.name == "try" ? evaluate_try(expression) : evaluate_can(expression);
  const Mark begin = mark();
  const bool readable = read_arguments(call);
  if (call.function == nullptr) return unknown_function(call);
  if (!readable || !check_count(call)) return Value::unknown();
  if (!convert_arguments(call) || has_errors_since(begin)) return Value::unknown();
  if (call.name == "env") return evaluate_env_call(call);
  return call_function(call);
}

// False after a finding that leaves open how many arguments there are.
bool Evaluator::read_arguments(Call& call) {
  call.places = arguments_of(call.expression);
  for (const Expression place : call.places) call.values.push_back(evaluate(place));
  if (!call.expression.has(flag::expand_final) || call.values.empty()) return true;
  const Expression place = call.places.back();
  const Value value = std::move(call.values.back());
  call.places.pop_back();
  call.values.pop_back();
  return expand_argument(place, value, call);
}

// `f(xs...)`: each element is an argument.
bool Evaluator::expand_argument(Expression place, const Value& value, Call& call) {
  if (value.is_unknown()) return false;
  if (!value.is_sequence()) {
    report(rules::invalid_argument, place.range(),
           "`...` expands a list, set or tuple, found " + describe_kind(value));
    return false;
  }
  if (!spend(value.elements().size(), place.range())) return false;
  call.count_is_sensitive = value.is_sensitive();
  for (const Value& element : value.elements()) {
    call.values.push_back(value.is_sensitive() ? element.with_sensitive(true) : element);
    call.places.push_back(place);
  }
  return true;
}

Value Evaluator::unknown_function(const Call& call) {
  auto& made = report(rules::unknown_function, call.expression.child(0).range(),
                      "there is no function named `" + call.name + "`");
  if (!deserves_words(made)) return Value::unknown();
  std::vector<std::string_view> names;
  for (const Function& function : all_functions()) names.push_back(function.name);
  if (const auto near = text::suggest(call.name, names)) made.did_you_mean(*near, call.name);
  return Value::unknown();
}

bool Evaluator::check_count(const Call& call) {
  const Function& function = *call.function;
  const std::size_t given = call.values.size();
  const source::SourceRange whole = call.expression.range();
  if (given < function.required()) {
    report(rules::argument_count, {whole.file, whole.end - 1, whole.end},
           "`" + call.name + "` needs " + arguments_in_words(function.required()) +
               (call.count_is_sensitive ? "" : ", found " + std::to_string(given)))
        .suggest("it is called as `" + signature(function) + "`");
    return false;
  }
  if (function.variadic || given <= function.parameters.size()) return true;
  report(rules::argument_count, start_range(call.places[function.parameters.size()]),
         "`" + call.name + "` takes " + arguments_in_words(function.parameters.size()) +
             (call.count_is_sensitive ? "" : ", found " + std::to_string(given)))
      .suggest("it is called as `" + signature(function) + "`");
  return false;
}

bool Evaluator::convert_arguments(Call& call) {
  bool fine = true;
  std::uint64_t weight = 1;
  for (std::size_t i = 0; i < call.values.size(); ++i) {
    const Parameter& parameter = parameter_of(*call.function, i);
    weight += call.values[i].weight();
    // Functions look at each character of a text.
    if (call.values[i].kind() == ValueKind::string)
      weight += call.values[i].as_string().size() / bytes_per_step;
    const bool refused = call.values[i].is_null() && !parameter.nullable;
    auto converted = convert(call.values[i], parameter.type);
    if (converted && !refused) {
      call.values[i] = std::move(*converted);
      continue;
    }
    report(rules::invalid_argument, start_range(call.places[i]),
           "`" + std::string(parameter.name) + "` of `" + call.name +
               "`: " + (refused ? "null is not accepted" : converted.error()));
    fine = false;
  }
  // Functions go through their arguments.
  return spend(weight, call.expression.range()) && fine;
}

Value Evaluator::call_function(const Call& call) {
  const Function& function = *call.function;
  bool sensitive = false;
  bool blocked = false;
  for (const Value& argument : call.values) {
    sensitive = sensitive || marks_result(function, argument);
    blocked = blocked || blocks_call(function, argument);
  }
  if (blocked) return Value::unknown(function.result).with_sensitive(sensitive);
  HONUA_ASSERT(function.implementation != nullptr);
  auto result = function.implementation(call.values, budget_);
  if (!result) {
    report_failed_call(call, result.error());
    return Value::unknown().with_sensitive(sensitive);
  }
  Value value = std::move(*result);
  if (sensitive) value = std::move(value).with_sensitive(true);
  return limited(std::move(value).with_range(call.expression.range()), call.expression.range());
}

void Evaluator::report_failed_call(const Call& call, const FunctionError& error) {
  const std::string name = "`" + call.name + "`";
  const bool tells = std::any_of(call.values.begin(), call.values.end(),
                                 [](const Value& one) { return one.holds_sensitive(); });
  const std::string message = error.message + (tells ? "" : error.detail);
  if (error.limit) {
    report(rules::evaluation_limit, call.expression.range(), name + ": " + message);
    exhausted_ = budget_.is_exhausted();
    return;
  }
  if (error.argument && *error.argument < call.places.size()) {
    const Parameter& parameter = parameter_of(*call.function, *error.argument);
    report(rules::invalid_argument, start_range(call.places[*error.argument]),
           "`" + std::string(parameter.name) + "` of " + name + ": " + message);
    return;
  }
  report(rules::failed_call, call.expression.range(), name + ": " + message);
}

// The first expression without errors. What is not known yet may still fail,
// so it settles the result as unknown.
Value Evaluator::evaluate_try(Expression call) {
  const Mark begin = mark();
  const std::uint64_t sensitive_before = sensitive_values_;
  const std::vector<Expression> arguments = arguments_of(call);
  for (const Expression& tried : arguments) {
    drop_errors(begin, mark());
    // That an earlier one failed may tell about the values in it.
    const bool tells = sensitive_values_ != sensitive_before;
    Value value = evaluate(tried);
    if (has_errors_since(begin)) continue;
    if (!value.is_wholly_known())
      value = Value::unknown(value.expected_kind()).with_sensitive(value.is_sensitive());
    return std::move(value).with_sensitive(tells || value.is_sensitive());
  }
  if (arguments.empty()) {
    const source::SourceRange whole = call.range();
    report(rules::argument_count, {whole.file, whole.end - 1, whole.end},
           "`try` needs at least one expression");
  }
  return Value::unknown();
}

Value Evaluator::evaluate_can(Expression call) {
  const Mark begin = mark();
  const std::uint64_t sensitive_before = sensitive_values_;
  const Value value = evaluate(call.child(1));
  const bool failed = has_errors_since(begin);
  drop_errors(begin, mark());
  Value result = Value::boolean(!failed);
  if (!failed && !value.is_wholly_known()) result = Value::unknown(ValueKind::boolean);
  return std::move(result).with_sensitive(sensitive_values_ != sensitive_before).with_range(call.range());
}

Value Evaluator::evaluate_env_call(const Call& call) {
  const Value& name = call.values[0];
  // A name that itself came from the environment must not get into the list of
  // names, which is shown: such a call stays open.
  if (name.is_unknown() || name.is_sensitive()) return Value::unknown(ValueKind::string).with_sensitive(true);
  const Value* otherwise = call.values.size() > 1 ? &call.values[1] : nullptr;
  return environment_value(name.as_string(), otherwise, call.expression.range());
}

// What comes from the environment is sensitive, defaults as well: whether a
// variable is set should not show in what is masked.
Value Evaluator::environment_value(const std::string& name, const Value* otherwise,
                                   source::SourceRange range) {
  const auto value = context_.environment.get(name);
  auto& uses = context_.environment_uses;
  const auto [use, is_new] = context_.use_positions.try_emplace({range.file, range.begin, name}, uses.size());
  // Names are shown; behind a shell's operator there may be a secret.
  const std::string shown = name.substr(0, text::shell_operator(name));
  if (is_new)
    uses.push_back({shown, range, value.has_value(), value && value->empty(), otherwise != nullptr});
  asked_.push_back({use->second});
  Value result = otherwise != nullptr ? *otherwise : Value::unknown(ValueKind::string);
  if (value) result = Value::string(*value);
  return std::move(result).with_sensitive(true).with_range(range);
}

}  // namespace honua::evaluation
