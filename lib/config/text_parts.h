// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/expression_index.h"
#include "config/loader.h"
#include "config/raw_configuration.h"

namespace honua::config {

// Variables whose defaults are made of variables: more steps than these down are a circle, and more
// in all a text that doubles at each step. What needs more does not consist of parts.
inline constexpr unsigned max_variable_depth = 32;
inline constexpr std::size_t max_text_steps = 100'000;

// A piece of a text that is put together from environment variables.
struct TextPart {
  std::string text;  // as it is, or the name of an environment variable
  bool is_reference = false;
  std::optional<syntax::Expression> fallback = {};  // of `env("NAME", fallback)`
};

// What the texts of a configuration consist of. Nothing is evaluated: texts, templates, `env` in all its
// forms and variables whose defaults are these again consist of parts, whatever else does not.
class TextParts {
 public:
  // The trees must outlive it.
  explicit TextParts(std::span<const LoadInput> inputs);

  // Those of the value that stands at this place; nothing if it is computed otherwise. Literal parts don't
  // follow each other.
  [[nodiscard]] std::optional<std::vector<TextPart>> at(source::SourceRange range) const;
  [[nodiscard]] std::optional<std::vector<TextPart>> of(syntax::Expression value) const;

  // The default of a variable, if it has one.
  [[nodiscard]] std::optional<syntax::Expression> default_of(std::string_view variable) const;

 private:
  using Expression = syntax::Expression;
  struct Collected {
    std::vector<TextPart> parts;
    std::size_t steps = 0;  // taken
  };

  [[nodiscard]] bool append(Expression value, unsigned depth, Collected& out) const;
  [[nodiscard]] bool append_template(Expression value, unsigned depth, Collected& out) const;
  [[nodiscard]] bool append_access(Expression access, unsigned depth, Collected& out) const;

  ExpressionIndex expressions_;
  diagnostics::Diagnostics ignored_;  // whoever loaded the inputs had these findings
  RawConfiguration raw_;
};

}  // namespace honua::config
