// SPDX-License-Identifier: MIT
#include "syntax/rules.h"

#include <array>

namespace honua::syntax::rules {

std::span<const Rule* const> all() {
  static constexpr std::array listed = {
      &unterminated_string,  &unclosed_block,      &invalid_character,      &invalid_encoding,
      &unsupported_operator, &item_expected,       &missing_newline,        &expression_expected,
      &unterminated_heredoc, &unclosed_bracket,    &missing_separator,      &invalid_escape,
      &invalid_label,        &invalid_number,      &template_directive,     &invalid_for,
      &invalid_traversal,    &invalid_block,       &nesting_too_deep,       &invalid_attribute_name,
      &invalid_call,         &invalid_json,        &unclosed_interpolation, &invalid_conditional,
      &duplicate_attribute,  &env_colon,           &variable_assignment,    &quoted_attribute_name,
      &single_quoted_string, &several_on_one_line,
  };
  return listed;
}

}  // namespace honua::syntax::rules
