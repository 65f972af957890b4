// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/environment.h"
#include "diagnostics/diagnostics.h"
#include "evaluation/limits.h"
#include "evaluation/scope.h"
#include "evaluation/value.h"
#include "source/source_range.h"
#include "syntax/parser.h"
#include "syntax/tree.h"

namespace honua::evaluation {

// One place where an expression asked for an environment variable.
struct EnvironmentUse {
  std::string name;
  source::SourceRange range;  // of the call, `${env:NAME}` or `env.NAME`
  bool is_set = false;
  bool is_empty = false;  // set, to an empty text
  bool has_default = false;
  bool is_needed = false;  // somewhere else than in the result of a conditional that was not chosen
};

// What evaluation needs and what it leaves behind. Everything referred to must
// outlive the context. One context serves any number of evaluations.
struct EvaluationContext {
  EvaluationContext(const Scope& scope_, const Environment& environment_, diagnostics::Diagnostics& sink_,
                    syntax::Dialect dialect_ = syntax::Dialect::honua)
      : scope(scope_), environment(environment_), sink(sink_), dialect(dialect_) {}

  const Scope& scope;
  const Environment& environment;
  diagnostics::Diagnostics& sink;
  syntax::Dialect dialect;
  std::vector<EnvironmentUse> environment_uses;  // in the order of evaluation, each place and name once
  // Where they are, by file, first byte and name.
  std::map<std::tuple<source::FileId, std::uint32_t, std::string>, std::size_t> use_positions;
  std::uint64_t work_left = max_work_per_run;  // what all evaluations together may still cost
  unsigned depth = 0;                          // of what is being evaluated: max_evaluation_depth
  std::size_t names_left = max_compared_names;
  bool marks_secret_names = true;  // values that are called like secrets are sensitive

  // Whether so many names may still be compared with an undefined one; then they count.
  [[nodiscard]] bool may_compare(std::size_t names) {
    if (names > names_left) return false;
    names_left -= names;
    return true;
  }
};

// The value of an expression. Never throws: what is wrong is reported to the
// sink, and the value is then unknown, about which nothing further is said.
// The rules are those of HCL's specification, section Expressions, and of its
// reference implementation where the two differ.
[[nodiscard]] Value evaluate(syntax::Expression expression, EvaluationContext& context);

// For hosts that copy what is in computed values, parts that are shared each
// time they occur: whether the run can still afford a copy of this one, which
// was written at `range`. Says so when it cannot.
[[nodiscard]] bool spend_on_copy(const Value& value, source::SourceRange range, EvaluationContext& context);

// An attribute with its value.
struct EvaluatedAttribute {
  std::string name;
  source::SourceRange name_range;
  source::SourceRange range;  // of the expression
  Value value;
};
[[nodiscard]] EvaluatedAttribute evaluate(syntax::Attribute attribute, EvaluationContext& context);

// Whether evaluating this could yield neither a finding nor an unknown value:
// literals, and collections of nothing else. Much cheaper than evaluating.
[[nodiscard]] bool is_trivially_valid(syntax::Expression expression);

// Evaluates every attribute in a body and its blocks for the findings alone.
void check_body(syntax::Body body, EvaluationContext& context);

}  // namespace honua::evaluation
