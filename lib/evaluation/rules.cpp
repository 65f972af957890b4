// SPDX-License-Identifier: MIT
#include "evaluation/rules.h"

#include <array>

namespace honua::evaluation::rules {

std::span<const Rule* const> all() {
  static constexpr std::array listed = {
      &var_in_text,       &env_in_text,
      &env_dot,           &boolean_case,
      &invalid_operand,   &undefined_result,
      &unknown_function,  &argument_count,
      &invalid_argument,  &failed_call,
      &invalid_index,     &unsupported_attribute,
      &invalid_condition, &inconsistent_conditional,
      &invalid_iteration, &invalid_template_value,
      &ambiguous_key,     &invalid_key,
      &duplicate_key,     &undefined_variable,
      &evaluation_limit,  &duplicate_result_key,
  };
  return listed;
}

}  // namespace honua::evaluation::rules
