// SPDX-License-Identifier: MIT
#include <algorithm>

#include "evaluation/functions_impl.h"

// Functions on numbers, all of them exact: what cannot be computed exactly,
// such as logarithms and roots, is left out.
namespace honua::evaluation {

namespace {

FunctionResult abs_of(Arguments arguments, WorkBudget&) {
  return Value::number(arguments[0].as_number().absolute());
}

FunctionResult ceil_of(Arguments arguments, WorkBudget&) {
  return Value::number(arguments[0].as_number().ceil());
}

FunctionResult floor_of(Arguments arguments, WorkBudget&) {
  return Value::number(arguments[0].as_number().floor());
}

FunctionResult max_of(Arguments arguments, WorkBudget&) {
  if (arguments.empty()) return failed("at least one number is required");
  Number best = Number::infinity(true);
  for (const Value& one : arguments) best = std::max(best, one.as_number());
  return Value::number(best);
}

FunctionResult min_of(Arguments arguments, WorkBudget&) {
  if (arguments.empty()) return failed("at least one number is required");
  Number best = Number::infinity(false);
  for (const Value& one : arguments) best = std::min(best, one.as_number());
  return Value::number(best);
}

// By the size that the result will have at most; multiplying big numbers takes
// quadratic time.
std::uint64_t power_cost(const Number& base, const Number& exponent) {
  const std::int64_t times = exponent.absolute().to_int64().value_or(max_number_bits);
  const std::uint64_t factors = std::min<std::uint64_t>(static_cast<std::uint64_t>(times), max_number_bits);
  const std::uint64_t size = std::min<std::uint64_t>(4 * factors * base.cost(), max_number_bits / 16);
  return 1 + size + size * size / 128;
}

FunctionResult pow_of(Arguments arguments, WorkBudget& budget) {
  const Number& exponent = arguments[1].as_number();
  if (!exponent.is_integer()) return bad_argument(1, "only whole exponents have exact results");
  if (!budget.charge(power_cost(arguments[0].as_number(), exponent))) {
    return over_limit("the limit on work is reached");
  }
  auto result = power(arguments[0].as_number(), exponent);
  if (result) return Value::number(std::move(*result));
  if (result.error() == NumberError::too_large) return over_limit(std::string(to_string(result.error())));
  return failed(std::string(to_string(result.error())));
}

FunctionResult signum(Arguments arguments, WorkBudget&) {
  return Value::number(arguments[0].as_number().sign());
}

FunctionResult parseint(Arguments arguments, WorkBudget& budget) {
  const auto base = whole_number(arguments, 1);
  if (!base) return tl::unexpected(base.error());
  if (*base < 2 || *base > 62) return bad_argument(1, "the base must be between 2 and 62");
  const std::string& text = arguments[0].as_string();
  if (!budget.charge(text.size())) return over_limit("the limit on work is reached");
  auto number = Number::parse_integer(text, static_cast<unsigned>(*base));
  if (number) return Value::number(std::move(*number));
  if (number.error() == NumberError::too_large) return over_limit(std::string(to_string(number.error())));
  return bad_argument(0, describe(arguments[0]) + " is no whole number in base " + std::to_string(*base));
}

Function on_number(std::string_view name, std::string_view summary, std::string_view example,
                   std::string_view result, Implementation implementation) {
  return {.name = name,
          .parameters = {number_parameter("num")},
          .result = ValueKind::number,
          .summary = summary,
          .example = example,
          .example_result = result,
          .implementation = implementation};
}

}  // namespace

void add_number_functions(Table& table) {
  const Parameter numbers = number_parameter("numbers");
  table.push_back(on_number("abs", "The number without its sign.", "abs(-3.5)", "3.5", abs_of));
  table.push_back(on_number("ceil", "The next whole number that is not smaller.", "ceil(5.1)", "6", ceil_of));
  table.push_back(
      on_number("floor", "The next whole number that is not larger.", "floor(-5.1)", "-6", floor_of));
  table.push_back(on_number("signum", "-1, 0 or 1, as the number is negative, zero or positive.",
                            "signum(-7)", "-1", signum));
  table.push_back({.name = "max",
                   .variadic = numbers,
                   .result = ValueKind::number,
                   .summary = "The largest of the numbers.",
                   .example = "max(12, 54, 3)",
                   .example_result = "54",
                   .implementation = max_of});
  table.push_back({.name = "min",
                   .variadic = numbers,
                   .result = ValueKind::number,
                   .summary = "The smallest of the numbers.",
                   .example = "min(12, 54, 3)",
                   .example_result = "3",
                   .implementation = min_of});
  table.push_back({.name = "pow",
                   .parameters = {number_parameter("num"), number_parameter("power")},
                   .result = ValueKind::number,
                   .summary = "A number to a whole power.",
                   .example = "pow(2, 10)",
                   .example_result = "1024",
                   .implementation = pow_of});
  table.push_back({.name = "parseint",
                   .parameters = {string_parameter("str"), number_parameter("base")},
                   .result = ValueKind::number,
                   .summary = "Reads a whole number that is written in another base.",
                   .example = "parseint(\"ff\", 16)",
                   .example_result = "255",
                   .implementation = parseint});
}

}  // namespace honua::evaluation
