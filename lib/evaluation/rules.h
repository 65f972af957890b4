// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "diagnostics/diagnostic.h"
#include "diagnostics/rule_info.h"

// The findings that evaluating expressions can yield.
namespace honua::evaluation::rules {

using diagnostics::Rule;
using diagnostics::Severity;

#define HONUA_EXPRESSION_RULE(name, code, slug, severity, summary) \
  inline constexpr Rule name { code, slug, Severity::severity, "expression", summary }

HONUA_EXPRESSION_RULE(var_in_text, "H0105", "var-in-text", warning,
                      "text names a variable without `${...}` around it");
HONUA_EXPRESSION_RULE(env_in_text, "H0106", "env-in-text", warning,
                      "a call of `env` stands inside text, where it is not made");
HONUA_EXPRESSION_RULE(env_dot, "H0123", "env-dot", warning, "`env.NAME` is understood, but only by Honua");
HONUA_EXPRESSION_RULE(boolean_case, "H0124", "boolean-case", warning,
                      "`true` and `false` are written in lower case");
HONUA_EXPRESSION_RULE(invalid_operand, "H0130", "invalid-operand", error,
                      "an operator is applied to a value of the wrong type");
HONUA_EXPRESSION_RULE(undefined_result, "H0131", "undefined-result", error,
                      "a calculation has no result, such as zero divided by zero");
HONUA_EXPRESSION_RULE(unknown_function, "H0132", "unknown-function", error,
                      "there is no function of this name");
HONUA_EXPRESSION_RULE(argument_count, "H0133", "argument-count", error,
                      "a call has too few or too many arguments");
HONUA_EXPRESSION_RULE(invalid_argument, "H0134", "invalid-argument", error,
                      "an argument of a call has the wrong type or value");
HONUA_EXPRESSION_RULE(failed_call, "H0135", "failed-call", error,
                      "a function cannot work with its arguments");
HONUA_EXPRESSION_RULE(invalid_index, "H0136", "invalid-index", error,
                      "a collection has no element with this index or key");
HONUA_EXPRESSION_RULE(unsupported_attribute, "H0137", "unsupported-attribute", error,
                      "a value has no attribute of this name");
HONUA_EXPRESSION_RULE(invalid_condition, "H0138", "invalid-condition", error,
                      "a condition is neither true nor false");
HONUA_EXPRESSION_RULE(inconsistent_conditional, "H0139", "inconsistent-conditional", error,
                      "the two results of a conditional have no type in common");
HONUA_EXPRESSION_RULE(invalid_iteration, "H0140", "invalid-iteration", error,
                      "`for` and splats need a collection to go through");
HONUA_EXPRESSION_RULE(invalid_template_value, "H0141", "invalid-template-value", error,
                      "a template contains a value that has no text form");
HONUA_EXPRESSION_RULE(ambiguous_key, "H0142", "ambiguous-key", error,
                      "an object key with dots is either a reference or a text, which must be said");
HONUA_EXPRESSION_RULE(invalid_key, "H0143", "invalid-key", error, "an object key is no string");
HONUA_EXPRESSION_RULE(duplicate_key, "H0144", "duplicate-key", warning, "an object has the same key twice");
HONUA_EXPRESSION_RULE(undefined_variable, "H0145", "undefined-variable", error,
                      "there is no variable of this name");
HONUA_EXPRESSION_RULE(evaluation_limit, "H0146", "evaluation-limit", error,
                      "a value would take too much time or memory to compute");
HONUA_EXPRESSION_RULE(duplicate_result_key, "H0147", "duplicate-result-key", error,
                      "a `for` expression yields the same key twice without grouping");

#undef HONUA_EXPRESSION_RULE

// All of the above, for the registry.
[[nodiscard]] std::span<const Rule* const> all();

// The same with what `honua explain` tells about each.
[[nodiscard]] std::span<const diagnostics::RuleInfo> explained();

}  // namespace honua::evaluation::rules
