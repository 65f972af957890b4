// SPDX-License-Identifier: MIT
#include "evaluation/function_table.h"

#include <algorithm>
#include <array>

#include "evaluation/functions_impl.h"

namespace honua::evaluation {

namespace {

bool by_name(const Function& a, const Function& b) { return a.name < b.name; }

template <void (*Add)(Table&)>
const Table& area() {
  static const Table table = [] {
    Table made;
    Add(made);
    std::sort(made.begin(), made.end(), by_name);
    return made;
  }();
  return table;
}

// The parts of the table are made when a name is looked for that those before them don't have: the first one
// holds `env`, the only function that most configurations call, and making all of them was a seventh of what
// checking a small file costs.
using Area = const Table& (*)();
constexpr std::array<Area, 12> areas{
    &area<add_lazy_functions>,       &area<add_string_functions>,   &area<add_trim_functions>,
    &area<add_format_functions>,     &area<add_number_functions>,   &area<add_sequence_functions>,
    &area<add_selection_functions>,  &area<add_mapping_functions>,  &area<add_set_functions>,
    &area<add_conversion_functions>, &area<add_encoding_functions>, &area<add_json_functions>,
};

Table make_table() {
  Table table;
  for (const Area area : areas) table.insert(table.end(), area().begin(), area().end());
  std::sort(table.begin(), table.end(), by_name);
  return table;
}

const Function* find_in(std::span<const Function> sorted, std::string_view name) {
  const auto found = std::lower_bound(
      sorted.begin(), sorted.end(), name,
      [](const Function& function, std::string_view wanted) { return function.name < wanted; });
  return found != sorted.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

std::optional<FunctionError> check_string(std::uint64_t bytes, WorkBudget& budget) {
  if (bytes > max_string_bytes) {
    return FunctionError{"the result would be longer than " + std::to_string(max_string_bytes) + " bytes",
                         std::nullopt, true};
  }
  if (!budget.charge(1 + bytes / 64))
    return FunctionError{"the limit on work is reached", std::nullopt, true};
  return std::nullopt;
}

std::optional<FunctionError> check_elements(std::uint64_t count, WorkBudget& budget) {
  if (count > max_value_weight) {
    return FunctionError{"the result would have more than " + std::to_string(max_value_weight) + " elements",
                         std::nullopt, true};
  }
  if (!budget.charge(1 + count)) return FunctionError{"the limit on work is reached", std::nullopt, true};
  return std::nullopt;
}

tl::expected<std::int64_t, FunctionError> whole_number(Arguments arguments, std::size_t position) {
  const auto value = arguments[position].as_number().to_int64();
  if (value) return *value;
  return bad_argument(position,
                      "expected a whole number of at most 64 bits, found " + describe(arguments[position]));
}

std::string signature(const Function& function) {
  std::string text(function.name);
  text += '(';
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    if (i > 0) text += ", ";
    text += function.parameters[i].name;
    if (i >= function.required()) text += '?';
  }
  if (function.variadic) {
    if (!function.parameters.empty()) text += ", ";
    text += function.variadic->name;
    text += "...";
  }
  return text + ')';
}

std::span<const Function> all_functions() {
  static const Table table = make_table();
  return table;
}

const Function* find_function(std::string_view name) {
  for (const Area area : areas) {
    if (const Function* found = find_in(area(), name)) return found;
  }
  return nullptr;
}

}  // namespace honua::evaluation
