// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "evaluation/type.h"
#include "evaluation/value.h"

namespace honua::evaluation {

// A converted value, or why there is none: "expected a number, found a string".
using Converted = tl::expected<Value, std::string>;

// HCL's automatic conversions: number and string, bool and string, tuples to
// lists and sets, objects to maps, each element by element; never bool and
// number. Null stays null, an unknown value becomes one of the type. Marks and
// ranges stay. The text of a sensitive value never appears in an error.
[[nodiscard]] Converted convert(const Value& value, const Type& type);

// The same to the primitive types, without building a Type.
[[nodiscard]] Converted to_boolean(const Value& value);
[[nodiscard]] Converted to_number(const Value& value);
[[nodiscard]] Converted to_string_value(const Value& value);

}  // namespace honua::evaluation
