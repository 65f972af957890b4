// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "evaluation/function_table.h"
#include "evaluation/limits.h"
#include "evaluation/value.h"

namespace honua::evaluation {

// What format() does: fills values into a text with printf-like verbs.
//
//   % flags width .precision [n] verb
//
// flags: `+` sign always, space for a missing plus, `-` left-aligned, `0`
// padded with zeros, `#` prefixes and JSON. `[n]` takes the n-th value. Verbs:
// %v as fits, %#v as JSON, %t bool, %d %b %o %x %X whole numbers,
// %e %E %f %g %G numbers, %s %q texts, %% a percent sign. Widths count
// characters. All values must be wholly known. The error is for the user.
[[nodiscard]] tl::expected<std::string, FunctionError> format_values(std::string_view format,
                                                                     std::span<const Value> values,
                                                                     WorkBudget& budget);

}  // namespace honua::evaluation
