// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "evaluation/limits.h"
#include "evaluation/type.h"
#include "evaluation/value.h"

namespace honua::evaluation {

// Why a function gave no result. The message never shows a sensitive value.
struct FunctionError {
  std::string message;
  std::optional<std::size_t> argument;  // whose fault it is, counted from 0
  bool limit = false;                   // one of limits.h was reached
  std::string detail{};                 // goes on with sizes and places, which tell about sensitive arguments
};

using FunctionResult = tl::expected<Value, FunctionError>;

// Arguments arrive converted to the parameters' types, null only where the
// parameter allows it.
using Implementation = FunctionResult (*)(std::span<const Value> arguments, WorkBudget& budget);

struct Parameter {
  std::string_view name;
  Type type;
  bool nullable = false;
};

// Which unknown arguments make the result unknown without a call.
enum class Unknowns : std::uint8_t {
  shallow,  // arguments that are unknown themselves
  deep,     // also those with unknown values inside
  handled,  // none: the implementation looks for itself
};

// How sensitive arguments mark the result.
enum class Marks : std::uint8_t {
  whole,  // anything sensitive, also deep inside, marks the whole result
  kept,   // marks of the arguments mark the result; what is inside keeps its own
};

// A function of the language. One table holds all that the evaluator, the
// documentation and the tests need to know about it.
struct Function {
  std::string_view name = {};
  std::vector<Parameter> parameters = {};
  std::size_t optional = 0;  // how many of them, at the end, may be left out
  std::optional<Parameter> variadic = {};
  ValueKind result = ValueKind::unknown;  // its kind where it is always the same
  std::string_view summary = {};          // one sentence
  std::string_view example = {};
  std::string_view example_result = {};     // as JSON
  Implementation implementation = nullptr;  // null: the evaluator has its own way with it
  Unknowns unknowns = Unknowns::shallow;
  Marks marks = Marks::whole;

  [[nodiscard]] std::size_t required() const { return parameters.size() - optional; }
};

// "substr(str, offset, length)", "max(numbers...)", "env(name, default?)".
[[nodiscard]] std::string signature(const Function& function);

// All functions, by name.
[[nodiscard]] std::span<const Function> all_functions();

// Nothing by that name: nullptr.
[[nodiscard]] const Function* find_function(std::string_view name);

}  // namespace honua::evaluation
