// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/function_table.h"

// Internal to the function table: its parts by area, and what they share.
namespace honua::evaluation {

using Arguments = std::span<const Value>;
using Table = std::vector<Function>;

void add_string_functions(Table& table);
void add_trim_functions(Table& table);
void add_format_functions(Table& table);
void add_number_functions(Table& table);
void add_sequence_functions(Table& table);
void add_selection_functions(Table& table);
void add_mapping_functions(Table& table);
void add_set_functions(Table& table);
void add_conversion_functions(Table& table);
void add_encoding_functions(Table& table);
void add_json_functions(Table& table);
void add_lazy_functions(Table& table);

[[nodiscard]] inline tl::unexpected<FunctionError> failed(std::string message, std::string detail = {}) {
  return tl::unexpected(FunctionError{std::move(message), std::nullopt, false, std::move(detail)});
}

[[nodiscard]] inline tl::unexpected<FunctionError> bad_argument(std::size_t argument, std::string message,
                                                                std::string detail = {}) {
  return tl::unexpected(FunctionError{std::move(message), argument, false, std::move(detail)});
}

[[nodiscard]] inline tl::unexpected<FunctionError> over_limit(std::string message) {
  return tl::unexpected(FunctionError{std::move(message), std::nullopt, true});
}

// Asks before a string of this size is built; an error if it must not be.
[[nodiscard]] std::optional<FunctionError> check_string(std::uint64_t bytes, WorkBudget& budget);
// The same for a collection of so many elements.
[[nodiscard]] std::optional<FunctionError> check_elements(std::uint64_t count, WorkBudget& budget);

// The argument as a whole number that fits; the error names the argument.
[[nodiscard]] tl::expected<std::int64_t, FunctionError> whole_number(Arguments arguments,
                                                                     std::size_t position);

[[nodiscard]] inline Parameter string_parameter(std::string_view name) {
  return {name, Type::string(), false};
}
[[nodiscard]] inline Parameter number_parameter(std::string_view name) {
  return {name, Type::number(), false};
}
[[nodiscard]] inline Parameter any_parameter(std::string_view name) { return {name, Type::any(), false}; }

// A JSON text for any wholly known value, as jsonencode() has it: with `<`,
// `>`, `&` and line separators escaped.
[[nodiscard]] std::string encode_json(const Value& value);

}  // namespace honua::evaluation
