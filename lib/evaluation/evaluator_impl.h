// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "evaluation/evaluator.h"
#include "evaluation/function_table.h"
#include "evaluation/rules.h"
#include "evaluation/traversal.h"

// Internal to the module: evaluates one expression. The methods stand in
// evaluator.cpp (dispatch, literals, names), operator_evaluator.cpp,
// access_evaluator.cpp, collection_evaluator.cpp, for_evaluator.cpp,
// template_evaluator.cpp and call_evaluator.cpp.
namespace honua::evaluation {

// Where an expression starts in the eyes of the reference, which points there
// for arguments of a call.
[[nodiscard]] source::SourceRange start_range(syntax::Expression expression);

class Evaluator {
 public:
  explicit Evaluator(EvaluationContext& context);

  // Hands the findings to the sink.
  Value run(syntax::Expression expression);

 private:
  using Expression = syntax::Expression;
  using Spine = std::vector<Expression>;

  // A variable of a `for`, or of a template's.
  struct Binding {
    std::string_view name;
    Value value;
  };
  // An environment variable was asked for; in a loop many times at one place.
  struct Asked {
    std::size_t use = 0;  // in the context
    bool is_needed = true;
  };
  // A state of the findings and of what was asked for to go back to.
  struct Mark {
    std::size_t findings = 0;
    std::size_t asked = 0;
  };
  // The variables and parts of a `for` of any kind.
  struct Loop {
    Expression expression;
    std::optional<std::string_view> key_name;
    std::string_view value_name;
    Expression collection;
    std::optional<Expression> condition;
  };

  // A call with its evaluated arguments.
  struct Call {
    Expression expression;
    std::string name;
    const Function* function = nullptr;
    std::vector<Value> values;
    std::vector<Expression> places;  // one for each value; an expanded list repeats its own
    bool count_is_sensitive = false;
  };

  Value evaluate(Expression expression);
  Value evaluate_kind(Expression expression);
  Value evaluate_number(Expression number);
  Value evaluate_spine(Expression expression);
  Value evaluate_leftmost(const Spine& spine, std::size_t& next);
  Value evaluate_traversal(const Spine& spine, std::size_t& next);
  static void add_env_fix(diagnostics::Diagnostic& made, Expression root, Expression name);
  std::optional<Value> tolerated_name(const Spine& spine, std::size_t& next);
  const Value* find_binding(std::string_view name) const;
  Value undefined_variable(const Traversal& traversal);

  // operator_evaluator.cpp
  Value apply_binary(Expression expression, const Value& left, Mark left_begin);
  Value logical(Expression expression, const Value& left, const Value& right, Mark left_begin,
                Mark right_begin);
  Value arithmetic(Expression expression, const Value& left, const Value& right);
  Value comparison(Expression expression, const Value& left, const Value& right);
  Value equality(Expression expression, const Value& left, const Value& right);
  Value evaluate_unary(Expression expression);
  Value evaluate_conditional(Expression expression);
  struct Results {
    const Value& when_true;
    const Value& when_false;
    bool broken;  // one of them has had a finding
  };
  Value unify_results(Expression expression, const Results& results, std::optional<bool> chosen);
  std::optional<bool> condition_of(Expression condition, const Value& value);
  std::optional<Value> operand(Expression place, const Value& value, ValueKind kind);
  void null_operand(Expression expression, Expression place);

  // access_evaluator.cpp
  Value apply_step(Expression step, const Value& source);
  Value get_attribute(const Value& source, std::string_view name, source::SourceRange range);
  Value get_element(const Value& source, const Value& key, source::SourceRange range);
  Value get_from_sequence(const Value& source, const Value& key, source::SourceRange range);
  Value get_from_mapping(const Value& source, const Value& key, source::SourceRange range);
  Value apply_splat(Expression splat, const Value& source);
  diagnostics::Diagnostic& no_such_member(const diagnostics::Rule& rule, const Value& source,
                                          std::string_view name, source::SourceRange range);

  // collection_evaluator.cpp
  Value evaluate_tuple(Expression tuple);
  Value evaluate_object(Expression object);
  std::optional<Value> evaluate_key(Expression key, Expression value);
  bool report_duplicate_key(Expression key, source::SourceRange first, const std::string& name);

  // for_evaluator.cpp
  static Loop read_loop(Expression expression);
  std::optional<Value> loop_collection(const Loop& loop);
  template <class Body>
  bool iterate(const Loop& loop, const Value& collection, bool& sensitive, Body body);
  std::optional<bool> loop_condition(const Loop& loop, bool& sensitive);
  bool condition_is_sound(const Loop& loop);
  Value evaluate_for_tuple(Expression expression);
  Value evaluate_for_object(Expression expression);
  std::optional<std::string> loop_key(Expression key, bool& sensitive);
  Value evaluate_for_directive(Expression directive);
  void bind(const Loop& loop, Value key, Value value);
  void unbind(const Loop& loop);

  // template_evaluator.cpp
  Value evaluate_template(Expression expression);
  Value evaluate_parts(Expression owner);
  Value evaluate_if_directive(Expression directive);
  std::optional<Value> evaluate_part(Expression part);
  std::optional<Value> part_as_string(Expression part, const Value& value);
  bool append_text(std::string& text, std::string_view more, source::SourceRange range);
  const std::string& literal_text(Expression part);
  void check_text(Expression literal, std::string_view text);

  // call_evaluator.cpp
  Value evaluate_call(Expression expression);
  Value evaluate_try(Expression call);
  Value evaluate_can(Expression call);
  Value evaluate_env_call(const Call& call);
  Value environment_value(const std::string& name, const Value* otherwise, source::SourceRange range);
  bool read_arguments(Call& call);
  bool expand_argument(Expression place, const Value& value, Call& call);
  bool check_count(const Call& call);
  bool convert_arguments(Call& call);
  Value call_function(const Call& call);
  void report_failed_call(const Call& call, const FunctionError& error);
  Value unknown_function(const Call& call);

  // --- findings
  diagnostics::Diagnostic& report(const diagnostics::Rule& rule, source::SourceRange range,
                                  std::string message);
  // Whether a finding will be shown: looking for similar names takes its time.
  [[nodiscard]] bool deserves_words(const diagnostics::Diagnostic& made) const;
  [[nodiscard]] Mark mark() const;
  // Whether an error was found since.
  [[nodiscard]] bool has_errors_since(Mark begin) const;
  // Forgets the errors in between: a short-circuit or a conditional made them
  // void. Warnings are about the text, whatever its value is, and stay.
  void drop_errors(Mark begin, Mark end);
  // The same, and environment variables asked for in between are not needed.
  void forget(Mark begin, Mark end, bool not_needed);

  // --- limits
  // False, after a finding, when the limit is reached.
  bool spend(std::uint64_t amount, source::SourceRange range);
  // The same for numbers and texts that may be long: short ones are bounded by
  // the file's size and cost nothing.
  bool spend_on_long(std::size_t cost, source::SourceRange range);
  // The same for turning a value into text or a key.
  bool spend_on(const Value& value, source::SourceRange range);
  // The value, or unknown after a finding if it has grown too large.
  Value limited(Value value, source::SourceRange range);

  EvaluationContext& context_;
  std::vector<diagnostics::Diagnostic> findings_;
  std::set<std::tuple<const diagnostics::Rule*, std::uint32_t, std::uint32_t>> said_in_loops_;
  diagnostics::Diagnostic repeated_;  // takes what is said about a place in a loop again
  std::vector<Binding> bindings_;
  std::vector<Value> splat_items_;  // innermost last
  std::unordered_map<const syntax::Node*, std::unordered_map<syntax::NodeId, std::string>> literals_;
  const syntax::Node* current_template_ = nullptr;
  WorkBudget budget_;
  std::vector<Asked> asked_;
  std::uint64_t sensitive_values_ = 0;  // how many have come up
  unsigned loops_ = 0;                  // how many are running
  bool exhausted_ = false;
};

}  // namespace honua::evaluation
