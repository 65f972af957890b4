// SPDX-License-Identifier: MIT
#include <algorithm>

#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"
#include "text/unicode.h"

// Functions that find, choose or sum up elements.
namespace honua::evaluation {

namespace {

FunctionResult expected_sequence(const Value& found) {
  return bad_argument(0, "expected a list, set or tuple, found " + describe(found));
}

FunctionResult length(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  std::size_t count = 0;
  if (given.is_sequence()) {
    count = given.elements().size();
  } else if (given.is_mapping()) {
    count = given.members().size();
  } else if (given.kind() == ValueKind::string) {
    count = text::count_graphemes(given.as_string());
  } else {
    return bad_argument(0, "expected a collection or a string, found " + describe(given));
  }
  return Value::number(static_cast<std::int64_t>(count));
}

FunctionResult contains(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  if (!given.is_sequence()) return expected_sequence(given);
  bool open = false;
  for (const Value& element : given.elements()) {
    const auto same = equal_if_known(element, arguments[1]);
    if (same.value_or(false)) return Value::boolean(true);
    open = open || !same;
  }
  return open ? Value::unknown(ValueKind::boolean) : Value::boolean(false);
}

FunctionResult index_of(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  if (given.kind() != ValueKind::list && given.kind() != ValueKind::tuple) {
    return bad_argument(0, "expected a list or tuple, found " + describe(given));
  }
  for (std::size_t i = 0; i < given.elements().size(); ++i) {
    const auto same = equal_if_known(given.elements()[i], arguments[1]);
    if (!same) return Value::unknown(ValueKind::number);
    if (*same) return Value::number(static_cast<std::int64_t>(i));
  }
  return bad_argument(1, "the list has no such element");
}

FunctionResult element(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  if (given.kind() != ValueKind::list && given.kind() != ValueKind::tuple) {
    return bad_argument(0, "expected a list or tuple, found " + describe(given));
  }
  const auto position = whole_number(arguments, 1);
  if (!position) return tl::unexpected(position.error());
  if (*position < 0) return bad_argument(1, "the index must not be negative");
  if (given.elements().empty()) return bad_argument(0, "an empty list has no elements");
  return given.elements()[static_cast<std::size_t>(*position) % given.elements().size()];
}

FunctionResult one(Arguments arguments, WorkBudget&) {
  const Value& given = arguments[0];
  if (!given.is_sequence()) return expected_sequence(given);
  if (given.elements().empty()) return Value::null();
  if (given.elements().size() == 1) return given.elements()[0];
  return bad_argument(0, "expected at most one element",
                      ", found " + std::to_string(given.elements().size()));
}

// Whether all are true, or any is. A null counts as not true.
FunctionResult decide(Arguments arguments, bool all) {
  bool open = false;
  for (const Value& element : arguments[0].elements()) {
    if (element.is_unknown()) {
      open = true;
      continue;
    }
    const bool is_true = !element.is_null() && element.as_boolean();
    if (is_true != all) return Value::boolean(is_true);
  }
  return open ? Value::unknown(ValueKind::boolean) : Value::boolean(all);
}

FunctionResult alltrue(Arguments arguments, WorkBudget&) { return decide(arguments, true); }

FunctionResult anytrue(Arguments arguments, WorkBudget&) { return decide(arguments, false); }

FunctionResult sum(Arguments arguments, WorkBudget& budget) {
  const Value& given = arguments[0];
  if (!given.is_sequence()) return expected_sequence(given);
  if (given.elements().empty()) return bad_argument(0, "an empty list has no sum");
  Number total;
  for (std::size_t i = 0; i < given.elements().size(); ++i) {
    // The mark on the list keeps the element out of messages.
    const Value& element = given.elements()[i];
    const auto number = to_number(given.is_sensitive() ? element.with_sensitive(true) : element);
    if (!number) return bad_argument(0, "element " + std::to_string(i) + ": " + number.error());
    if (number->is_null()) return bad_argument(0, "element " + std::to_string(i) + " is null");
    if (!budget.charge(total.cost())) return over_limit("the limit on work is reached");
    auto next = add(total, number->as_number());
    if (!next) return failed(std::string(to_string(next.error())));
    total = std::move(*next);
  }
  return Value::number(std::move(total));
}

// The first that is not null, converted to the type that all have in common.
FunctionResult coalesce(Arguments arguments, WorkBudget&) {
  std::vector<Type> types;
  for (const Value& argument : arguments) types.push_back(type_of(argument));
  const auto type = unify(types);
  if (!type && !arguments.empty()) return failed("all arguments must be of the same type");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].is_null()) continue;
    auto converted = convert(arguments[i], *type);
    if (!converted) return bad_argument(i, converted.error());
    return *converted;
  }
  return failed("at least one argument must not be null");
}

FunctionResult coalescelist(Arguments arguments, WorkBudget&) {
  if (arguments.empty()) return failed("at least one list is required");
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& given = arguments[i];
    if (given.is_unknown()) return given;
    if (given.is_null()) continue;
    if (given.kind() != ValueKind::list && given.kind() != ValueKind::tuple) {
      return bad_argument(i, "expected a list or tuple, found " + describe(given));
    }
    if (!given.elements().empty()) return given;
  }
  return failed("all lists are empty");
}

void add_lookups(Table& table) {
  const Parameter list = any_parameter("list");
  const Parameter value{"value", Type::any(), true};
  table.push_back({.name = "length",
                   .parameters = {any_parameter("collection")},
                   .result = ValueKind::number,
                   .summary = "Counts the elements of a collection, or the characters of a text.",
                   .example = "length([\"a\", \"b\"])",
                   .example_result = "2",
                   .implementation = length,
                   .marks = Marks::kept});
  table.push_back({.name = "contains",
                   .parameters = {list, value},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether a list, set or tuple has an element.",
                   .example = "contains([\"wms\", \"wfs\"], \"wfs\")",
                   .example_result = "true",
                   .implementation = contains});
  table.push_back({.name = "index",
                   .parameters = {list, value},
                   .result = ValueKind::number,
                   .summary = "The position of an element, from 0.",
                   .example = "index([\"wms\", \"wfs\"], \"wfs\")",
                   .example_result = "1",
                   .implementation = index_of});
  table.push_back({.name = "element",
                   .parameters = {list, number_parameter("index")},
                   .summary = "The element at a position; positions behind the end start over.",
                   .example = "element([\"a\", \"b\"], 2)",
                   .example_result = "\"a\"",
                   .implementation = element,
                   .marks = Marks::kept});
  table.push_back({.name = "one",
                   .parameters = {list},
                   .summary = "The only element of a list, or null if it is empty.",
                   .example = "one([\"roads\"])",
                   .example_result = "\"roads\"",
                   .implementation = one,
                   .marks = Marks::kept});
}

void add_decisions(Table& table) {
  const Parameter list = any_parameter("list");
  const Parameter value{"value", Type::any(), true};
  const Parameter booleans{"list", Type::list(Type::boolean()), false};
  table.push_back({.name = "alltrue",
                   .parameters = {booleans},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether all elements are true.",
                   .example = "alltrue([true, false])",
                   .example_result = "false",
                   .implementation = alltrue});
  table.push_back({.name = "anytrue",
                   .parameters = {booleans},
                   .result = ValueKind::boolean,
                   .summary = "Tells whether any element is true.",
                   .example = "anytrue([true, false])",
                   .example_result = "true",
                   .implementation = anytrue});
  table.push_back({.name = "sum",
                   .parameters = {list},
                   .result = ValueKind::number,
                   .summary = "Adds up numbers.",
                   .example = "sum([0.1, 0.2])",
                   .example_result = "0.3",
                   .implementation = sum,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "coalesce",
                   .variadic = value,
                   .summary = "The first argument that is not null.",
                   .example = "coalesce(null, \"wms\")",
                   .example_result = "\"wms\"",
                   .implementation = coalesce,
                   .unknowns = Unknowns::handled});
  table.push_back({.name = "coalescelist",
                   .variadic = value,
                   .summary = "The first list that is not empty.",
                   .example = "coalescelist([], [\"wms\"])",
                   .example_result = "[\"wms\"]",
                   .implementation = coalescelist,
                   .unknowns = Unknowns::handled,
                   .marks = Marks::kept});
}

}  // namespace

void add_selection_functions(Table& table) {
  add_lookups(table);
  add_decisions(table);
}

}  // namespace honua::evaluation
