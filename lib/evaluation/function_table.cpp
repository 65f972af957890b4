// SPDX-License-Identifier: MIT
#include "evaluation/function_table.h"

#include <algorithm>

#include "evaluation/functions_impl.h"

namespace honua::evaluation {

namespace {

Table make_table() {
  Table table;
  add_string_functions(table);
  add_trim_functions(table);
  add_format_functions(table);
  add_number_functions(table);
  add_sequence_functions(table);
  add_selection_functions(table);
  add_mapping_functions(table);
  add_set_functions(table);
  add_conversion_functions(table);
  add_encoding_functions(table);
  add_json_functions(table);
  add_lazy_functions(table);
  std::sort(table.begin(), table.end(), [](const Function& a, const Function& b) { return a.name < b.name; });
  return table;
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
  const auto all = all_functions();
  const auto found = std::lower_bound(
      all.begin(), all.end(), name,
      [](const Function& function, std::string_view wanted) { return function.name < wanted; });
  return found != all.end() && found->name == name ? &*found : nullptr;
}

}  // namespace honua::evaluation
