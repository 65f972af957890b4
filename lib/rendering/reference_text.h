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

namespace honua::rendering {

// A text that refers to environment variables, in quotes, as the server at
// hand reads it: `"Data Source=${env:DIRECTORY}/a.db"`.
struct ReferenceText {
  std::string quoted;
  std::string bare;  // the same with a blank for each reference, and without quotes and escapes
  std::vector<source::SourceRange> lost_defaults;  // of calls of `env` whose default has no such form
};

// Turns the expressions of a configuration into such texts. Nothing is
// evaluated: texts, templates, `env` in all its forms and variables whose
// defaults are these again have one, whatever else has not.
class ReferenceTexts {
 public:
  explicit ReferenceTexts(std::span<const config::LoadInput> inputs);

  // Of the value that stands at this place; nothing if it has no such form.
  [[nodiscard]] std::optional<ReferenceText> at(source::SourceRange range) const;

 private:
  using Expression = syntax::Expression;

  [[nodiscard]] bool append(Expression value, unsigned depth, ReferenceText& out) const;
  [[nodiscard]] bool append_template(Expression value, unsigned depth, ReferenceText& out) const;
  [[nodiscard]] bool append_access(Expression access, unsigned depth, ReferenceText& out) const;
  [[nodiscard]] std::optional<Expression> default_of(std::string_view variable) const;

  config::ExpressionIndex expressions_;
  diagnostics::Diagnostics ignored_;  // whoever loaded the inputs had these findings
  config::RawConfiguration raw_;
};

}  // namespace honua::rendering
