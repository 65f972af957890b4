// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include "evaluation/conversion.h"
#include "evaluation/functions_impl.h"

// Functions that build new lists and tuples out of given ones.
namespace honua::evaluation {

namespace {

bool is_list_or_tuple(const Value& value) {
  return value.kind() == ValueKind::list || value.kind() == ValueKind::tuple;
}

// Lists of one element type make a list, everything else a tuple.
std::optional<Type> common_list_type(Arguments arguments) {
  std::vector<Type> types;
  for (const Value& argument : arguments) {
    if (argument.kind() != ValueKind::list) return std::nullopt;
    types.push_back(type_of(argument));
  }
  return unify(types);
}

FunctionResult concat(Arguments arguments, WorkBudget& budget) {
  if (arguments.empty()) return failed("at least one list is required");
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!is_list_or_tuple(arguments[i])) {
      return bad_argument(i, "expected a list or tuple, found " + describe(arguments[i]));
    }
    count += arguments[i].elements().size();
  }
  if (auto error = check_elements(count, budget)) return tl::unexpected(std::move(*error));
  const auto type = common_list_type(arguments);
  std::vector<Value> all;
  all.reserve(count);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto part = type ? convert(arguments[i], *type) : Converted(arguments[i]);
    if (!part) return bad_argument(i, part.error());
    all.insert(all.end(), part->elements().begin(), part->elements().end());
  }
  return type ? Value::list(std::move(all)) : Value::tuple(std::move(all));
}

// False if something inside is not known well enough.
bool flatten_into(const Value& value, std::vector<Value>& out, bool& sensitive) {
  sensitive = sensitive || value.is_sensitive();
  for (const Value& element : value.elements()) {
    if (element.is_sequence()) {
      if (!flatten_into(element, out, sensitive)) return false;
      continue;
    }
    if (element.is_unknown()) {
      const ValueKind kind = element.expected_kind();
      const bool scalar =
          kind == ValueKind::boolean || kind == ValueKind::number || kind == ValueKind::string;
      if (!scalar) return false;
    }
    out.push_back(element);
  }
  return true;
}

FunctionResult flatten(Arguments arguments, WorkBudget& budget) {
  if (!arguments[0].is_sequence()) {
    return bad_argument(0, "expected a list, set or tuple, found " + describe(arguments[0]));
  }
  if (auto error = check_elements(arguments[0].weight(), budget)) return tl::unexpected(std::move(*error));
  std::vector<Value> out;
  bool sensitive = false;
  if (!flatten_into(arguments[0], out, sensitive)) return Value::unknown().with_sensitive(sensitive);
  return Value::tuple(std::move(out)).with_sensitive(sensitive);
}

struct ByValue {
  bool operator()(const Value* a, const Value* b) const { return compare(*a, *b) < 0; }
};

FunctionResult distinct(Arguments arguments, WorkBudget& budget) {
  // Each element is compared with some twenty others.
  if (!budget.charge(arguments[0].weight() * 4)) return over_limit("the limit on work is reached");
  std::set<const Value*, ByValue> seen;
  std::vector<Value> out;
  for (const Value& element : arguments[0].elements()) {
    if (seen.insert(&element).second) out.push_back(element);
  }
  return Value::list(std::move(out));
}

FunctionResult compact(Arguments arguments, WorkBudget&) {
  std::vector<Value> out;
  for (const Value& element : arguments[0].elements()) {
    if (!element.is_null() && !element.as_string().empty()) out.push_back(element);
  }
  return Value::list(std::move(out));
}

FunctionResult reverse(Arguments arguments, WorkBudget& budget) {
  const Value& given = arguments[0];
  if (!given.is_sequence()) return bad_argument(0, "expected a list or tuple, found " + describe(given));
  if (auto error = check_elements(given.elements().size(), budget)) return tl::unexpected(std::move(*error));
  std::vector<Value> out(given.elements().rbegin(), given.elements().rend());
  return given.kind() == ValueKind::tuple ? Value::tuple(std::move(out)) : Value::list(std::move(out));
}

FunctionResult sort(Arguments arguments, WorkBudget& budget) {
  const auto& elements = arguments[0].elements();
  if (!budget.charge(arguments[0].weight() * 4)) return over_limit("the limit on work is reached");
  if (std::any_of(elements.begin(), elements.end(), [](const Value& one) { return one.is_null(); })) {
    return bad_argument(0, "null cannot be sorted");
  }
  std::vector<Value> out = elements;
  std::stable_sort(out.begin(), out.end(),
                   [](const Value& a, const Value& b) { return a.as_string() < b.as_string(); });
  return Value::list(std::move(out));
}

FunctionResult range(Arguments arguments, WorkBudget& budget) {
  if (arguments.empty() || arguments.size() > 3) return failed("one, two or three numbers are required");
  const Number first = arguments.size() == 1 ? Number(0) : arguments[0].as_number();
  const Number end = arguments.size() == 1 ? arguments[0].as_number() : arguments[1].as_number();
  Number step(end < first ? -1 : 1);
  if (arguments.size() == 3) step = arguments[2].as_number();
  if (step.sign() == 0) return bad_argument(2, "the step must not be zero");
  const bool down = step.sign() < 0;
  if (down ? end > first : end < first) return bad_argument(1, "the end cannot be reached with this step");
  std::vector<Value> out;
  for (Number next = first; down ? next > end : next < end;) {
    if (out.size() == max_range_length) {
      return over_limit("the list would have more than " + std::to_string(max_range_length) + " numbers");
    }
    if (!budget.charge(next.cost())) return over_limit("the limit on work is reached");
    out.push_back(Value::number(next));
    auto sum = add(next, step);
    if (!sum) return failed(std::string(to_string(sum.error())));
    next = std::move(*sum);
  }
  return Value::list(std::move(out));
}

FunctionResult chunklist(Arguments arguments, WorkBudget& budget) {
  const auto size = whole_number(arguments, 1);
  if (!size) return tl::unexpected(size.error());
  if (*size < 0) return bad_argument(1, "the size must not be negative");
  const auto& elements = arguments[0].elements();
  if (auto error = check_elements(2 * elements.size(), budget)) return tl::unexpected(std::move(*error));
  if (elements.empty()) return Value::list({});
  if (*size == 0) return Value::list({arguments[0]});
  std::vector<Value> chunks;
  const auto step = std::min(static_cast<std::uint64_t>(*size), std::uint64_t{elements.size()});
  for (std::size_t begin = 0; begin < elements.size(); begin += step) {
    const auto first = elements.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min<std::size_t>(step, elements.size() - begin);
    chunks.push_back(Value::list({first, first + static_cast<std::ptrdiff_t>(count)}));
  }
  return Value::list(std::move(chunks));
}

// Both bounds, checked against the length.
FunctionResult slice(Arguments arguments, WorkBudget& budget) {
  const Value& given = arguments[0];
  if (!is_list_or_tuple(given)) return bad_argument(0, "expected a list or tuple, found " + describe(given));
  const auto begin = whole_number(arguments, 1);
  if (!begin) return tl::unexpected(begin.error());
  const auto end = whole_number(arguments, 2);
  if (!end) return tl::unexpected(end.error());
  const auto size = static_cast<std::int64_t>(given.elements().size());
  if (*begin < 0 || *begin > size) {
    return bad_argument(1, "the start must be between 0 and the length", ", " + std::to_string(size));
  }
  if (*end < *begin || *end > size) {
    return bad_argument(2, "the end must be between the start and the length", ", " + std::to_string(size));
  }
  if (auto error = check_elements(static_cast<std::uint64_t>(*end - *begin), budget)) {
    return tl::unexpected(std::move(*error));
  }
  std::vector<Value> out(given.elements().begin() + *begin, given.elements().begin() + *end);
  return given.kind() == ValueKind::tuple ? Value::tuple(std::move(out)) : Value::list(std::move(out));
}

void add_rearrangements(Table& table) {
  const Parameter any_list{"list", Type::list(Type::any()), false};
  const Parameter text_list{"list", Type::list(Type::string()), false};
  const Parameter list = any_parameter("list");
  table.push_back({.name = "concat",
                   .variadic = any_parameter("lists"),
                   .summary = "Puts lists one behind the other.",
                   .example = "concat([\"a\"], [\"b\", \"c\"])",
                   .example_result = "[\"a\",\"b\",\"c\"]",
                   .implementation = concat,
                   .marks = Marks::kept});
  table.push_back({.name = "flatten",
                   .parameters = {list},
                   .summary = "Replaces the lists inside a list by their elements, at every depth.",
                   .example = "flatten([[\"a\"], [\"b\", [\"c\"]]])",
                   .example_result = "[\"a\",\"b\",\"c\"]",
                   .implementation = flatten,
                   .marks = Marks::kept});
  table.push_back({.name = "distinct",
                   .parameters = {any_list},
                   .result = ValueKind::list,
                   .summary = "Keeps the first of equal elements.",
                   .example = "distinct([\"a\", \"b\", \"a\"])",
                   .example_result = "[\"a\",\"b\"]",
                   .implementation = distinct,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "compact",
                   .parameters = {text_list},
                   .result = ValueKind::list,
                   .summary = "Leaves out empty strings and nulls.",
                   .example = "compact([\"a\", \"\", \"b\"])",
                   .example_result = "[\"a\",\"b\"]",
                   .implementation = compact,
                   .unknowns = Unknowns::deep});
  table.push_back({.name = "reverse",
                   .parameters = {list},
                   .summary = "The elements in reverse order.",
                   .example = "reverse([1, 2, 3])",
                   .example_result = "[3,2,1]",
                   .implementation = reverse,
                   .marks = Marks::kept});
  table.push_back({.name = "sort",
                   .parameters = {text_list},
                   .result = ValueKind::list,
                   .summary = "Sorts strings by their bytes.",
                   .example = "sort([\"b\", \"C\", \"a\"])",
                   .example_result = "[\"C\",\"a\",\"b\"]",
                   .implementation = sort,
                   .unknowns = Unknowns::deep});
}

void add_cuts(Table& table) {
  const Parameter any_list{"list", Type::list(Type::any()), false};
  const Parameter list = any_parameter("list");
  table.push_back(
      {.name = "range",
       .variadic = number_parameter("numbers"),
       .result = ValueKind::list,
       .summary = "Counts: range(end), range(start, end) or range(start, end, step); the end is left out.",
       .example = "range(1, 4)",
       .example_result = "[1,2,3]",
       .implementation = range});
  table.push_back({.name = "chunklist",
                   .parameters = {any_list, number_parameter("size")},
                   .result = ValueKind::list,
                   .summary = "Cuts a list into lists of at most this many elements.",
                   .example = "chunklist([1, 2, 3], 2)",
                   .example_result = "[[1,2],[3]]",
                   .implementation = chunklist,
                   .marks = Marks::kept});
  table.push_back({.name = "slice",
                   .parameters = {list, number_parameter("start"), number_parameter("end")},
                   .summary = "The elements from the start up to, but without, the end.",
                   .example = "slice([\"a\", \"b\", \"c\"], 1, 3)",
                   .example_result = "[\"b\",\"c\"]",
                   .implementation = slice,
                   .marks = Marks::kept});
}

}  // namespace

void add_sequence_functions(Table& table) {
  add_rearrangements(table);
  add_cuts(table);
}

}  // namespace honua::evaluation
