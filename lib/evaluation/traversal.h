// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/number.h"
#include "source/source_range.h"
#include "syntax/tree.h"

namespace honua::evaluation {

// One step of a traversal: `.name`, `["name"]`, `[0]` or `.0`.
struct TraversalStep {
  std::string name;             // of `.name` and `["name"]`
  std::optional<Number> index;  // of `[0]` and `.0`
  bool is_attribute = false;    // `.name`
  source::SourceRange range;    // from the dot or bracket to the end of the step
};

// A root name and the steps behind it, as far as they can be told without
// evaluating anything: `layer.roads.fields[0]`.
struct Traversal {
  std::string root;
  source::SourceRange root_range;
  std::vector<TraversalStep> steps;
};

// The range of the last step of a postfix node: the dot or bracket, which may
// stand on a line of its own behind comments, up to the node's end.
[[nodiscard]] source::SourceRange step_range(syntax::Expression step);

// A postfix node as a step, if it is static.
[[nodiscard]] std::optional<TraversalStep> static_step(syntax::Expression step);

// The traversal that starts at the last of these nodes, which must be its
// root, with all static steps that follow. `spine` is that of left_spine().
[[nodiscard]] Traversal read_traversal(const std::vector<syntax::Expression>& spine);

// The traversal that an expression consists of; parentheses end it, and
// there is none if it is more than that. `true`, `false` and `null` are roots
// when `keywords` is set, as the specification has it for static analysis.
[[nodiscard]] std::optional<Traversal> static_traversal(syntax::Expression expression, bool keywords = false);

// All references in an expression, each as long as it is static, without the
// names that enclosing `for` expressions and directives bind. Plain object
// keys are no references.
[[nodiscard]] std::vector<Traversal> references(syntax::Expression expression);

}  // namespace honua::evaluation
