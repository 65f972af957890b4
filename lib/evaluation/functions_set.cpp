// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"

// Functions on sets. Lists and tuples are accepted and become sets.
namespace honua::evaluation {

namespace {

using Elements = std::vector<Value>;

bool before(const Value& a, const Value& b) { return compare(a, b) < 0; }

// The arguments as sets of one element type.
tl::expected<std::vector<Value>, FunctionError> as_sets(Arguments arguments, WorkBudget& budget) {
  std::vector<Type> types;
  std::uint64_t work = 0;
  for (const Value& argument : arguments) {
    if (!argument.elements().empty()) types.push_back(type_of(argument));
    work += argument.weight() * 2;
  }
  if (!budget.charge(work)) return over_limit("the limit on work is reached");
  if (types.empty()) return Elements(arguments.begin(), arguments.end());
  const auto type = unify(types);
  if (!type) return failed("the sets must have elements of one type");
  Elements sets;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto set = convert(arguments[i], *type);
    if (!set) return bad_argument(i, set.error());
    sets.push_back(std::move(*set));
  }
  return sets;
}

template <class Combine>
FunctionResult combined(Arguments arguments, WorkBudget& budget, Combine combine) {
  auto sets = as_sets(arguments, budget);
  if (!sets) return tl::unexpected(sets.error());
  Elements result = (*sets)[0].elements();
  for (std::size_t i = 1; i < sets->size(); ++i) {
    Elements next;
    combine(result, (*sets)[i].elements(), next);
    result = std::move(next);
  }
  if (auto error = check_elements(result.size(), budget)) return tl::unexpected(std::move(*error));
  return Value::set(std::move(result));
}

FunctionResult setunion(Arguments arguments, WorkBudget& budget) {
  // One after the other they would be copied as often as there are sets.
  auto sets = as_sets(arguments, budget);
  if (!sets) return tl::unexpected(sets.error());
  Elements all;
  for (const Value& set : *sets) all.insert(all.end(), set.elements().begin(), set.elements().end());
  if (auto error = check_elements(all.size(), budget)) return tl::unexpected(std::move(*error));
  return Value::set(std::move(all));
}

FunctionResult setintersection(Arguments arguments, WorkBudget& budget) {
  return combined(arguments, budget, [](const Elements& a, const Elements& b, Elements& out) {
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out), before);
  });
}

FunctionResult setsubtract(Arguments arguments, WorkBudget& budget) {
  return combined(arguments, budget, [](const Elements& a, const Elements& b, Elements& out) {
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out), before);
  });
}

}  // namespace

void add_set_functions(Table& table) {
  const Parameter first{"set", Type::set(Type::any()), false};
  const Parameter others{"sets", Type::set(Type::any()), false};
  table.push_back({.name = "setunion",
                   .parameters = {first},
                   .variadic = others,
                   .result = ValueKind::set,
                   .summary = "All elements of all sets.",
                   .example = "setunion([\"a\"], [\"b\"])",
                   .example_result = "[\"a\",\"b\"]",
                   .implementation = setunion,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "setintersection",
                   .parameters = {first},
                   .variadic = others,
                   .result = ValueKind::set,
                   .summary = "The elements that all sets have.",
                   .example = "setintersection([\"a\", \"b\"], [\"b\"])",
                   .example_result = "[\"b\"]",
                   .implementation = setintersection,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "setsubtract",
                   .parameters = {first, others},
                   .result = ValueKind::set,
                   .summary = "The elements of the first set that the second does not have.",
                   .example = "setsubtract([\"a\", \"b\"], [\"b\"])",
                   .example_result = "[\"a\"]",
                   .implementation = setsubtract,
                   .unknowns = Unknowns::deep});
}

}  // namespace honua::evaluation
