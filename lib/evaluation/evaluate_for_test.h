// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <initializer_list>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/evaluator.h"
#include "syntax/parser.h"

// What the module's tests share: a text, evaluated, with its findings as lines.
namespace honua::evaluation {

// An expression, standing alone in a file and evaluated with a few names.
class Evaluated {
 public:
  explicit Evaluated(const std::string& text, syntax::Dialect dialect = syntax::Dialect::hcl,
                     const Scope* scope = nullptr)
      : file_(std::make_unique<source::SourceFile>(0, "test.hcl", text)),
        tree_(syntax::parse_expression(*file_, dialect, sink)),
        environment_(std::map<std::string, std::string>{{"TOKEN", "swordfish"}, {"EMPTY", ""}}),
        scope_(names()),
        context_(scope == nullptr ? scope_ : *scope, environment_, sink, dialect),
        value(evaluate(tree_.expression(), context_)) {}

  // Names for tests: l and m and s are a list, map and set; o an object; u is
  // unknown; n null; secret is sensitive.
  [[nodiscard]] static MapScope names() {
    MapScope scope;
    scope.set("l", Value::list({Value::string("a"), Value::string("b")}));
    scope.set("m", Value::map({{"x", Value::number(1)}, {"y", Value::number(2)}}));
    scope.set("s", Value::set({Value::string("q"), Value::string("p")}));
    scope.set("o", Value::object({{"name", Value::string("roads")}, {"none", Value::null()}}));
    scope.set("var", Value::object({{"schema", Value::string("public")}}));
    scope.set("u", Value::unknown());
    scope.set("us", Value::unknown(ValueKind::string));
    scope.set("n", Value::null());
    scope.set("secret", Value::string("swordfish").with_sensitive(true));
    return scope;
  }

  // The value as JSON, secrets shown; before it the findings, if any:
  // "1:5-1:8 H0130; 1:9-1:10 H0131; (unknown)".
  [[nodiscard]] std::string summary() const { return findings() + to_json(value, Secrets::reveal); }

  [[nodiscard]] std::string findings() const {
    std::string out;
    for (const diagnostics::Diagnostic* one : sink.sorted()) {
      const source::SourcePosition begin = file_->position(one->range.begin);
      const source::SourcePosition end = file_->position(one->range.end);
      out += std::to_string(begin.line) + ':' + std::to_string(begin.column) + '-' +
             std::to_string(end.line) + ':' + std::to_string(end.column) + ' ' +
             std::string(one->rule->code) + "; ";
    }
    return out;
  }

  // Everything that a reader of the findings would see.
  [[nodiscard]] std::string messages() const {
    std::string out;
    for (const diagnostics::Diagnostic* one : sink.sorted()) {
      out += one->message + '\n';
      for (const auto& label : one->labels) out += "  " + label.message + '\n';
      for (const auto& line : one->help) out += "  = " + line + '\n';
    }
    return out;
  }

  [[nodiscard]] const std::vector<EnvironmentUse>& environment_uses() const {
    return context_.environment_uses;
  }
  [[nodiscard]] syntax::Expression expression() const { return tree_.expression(); }

  diagnostics::Diagnostics sink;

 private:
  std::unique_ptr<source::SourceFile> file_;
  syntax::Tree tree_;
  MapEnvironment environment_;
  MapScope scope_;
  EvaluationContext context_;

 public:
  Value value;
};

[[nodiscard]] inline std::string result_of(const std::string& text) { return Evaluated(text).summary(); }

[[nodiscard]] inline std::string honua_result_of(const std::string& text) {
  return Evaluated(text, syntax::Dialect::honua).summary();
}

// A line of a table of cases.
struct EvaluationCase {
  std::string_view expression;
  std::string_view expected;  // as Evaluated::summary() has it
};

inline void check_all(std::initializer_list<EvaluationCase> cases) {
  for (const EvaluationCase& one : cases) {
    CAPTURE(one.expression);
    CHECK(result_of(std::string(one.expression)) == one.expected);
  }
}

}  // namespace honua::evaluation
