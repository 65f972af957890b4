// SPDX-License-Identifier: MIT
#include "evaluation/evaluator.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evaluation/evaluator_impl.h"
#include "syntax/literals.h"
#include "text/suggest.h"
#include "text/unicode.h"

// Dispatch by kind of node, literals, and names.
namespace honua::evaluation {

using syntax::NodeKind;

Evaluator::Evaluator(EvaluationContext& context)
    : context_(context), budget_(max_work_per_evaluation, context.work_left) {}

Value Evaluator::run(Expression expression) {
  Value value = evaluate(expression);
  for (const Asked& asked : asked_) {
    bool& is_needed = context_.environment_uses[asked.use].is_needed;
    is_needed = is_needed || asked.is_needed;
  }
  for (diagnostics::Diagnostic& finding : findings_) {
    auto& made =
        context_.sink.report(*finding.rule, finding.severity, finding.range, std::move(finding.message));
    made.caption = std::move(finding.caption);
    made.labels = std::move(finding.labels);
    made.help = std::move(finding.help);
    made.fix = std::move(finding.fix);
  }
  return value;
}

Value Evaluator::evaluate(Expression expression) {
  if (exhausted_) return Value::unknown();
  // Outside of loops the work is bounded by the size of the file.
  if (loops_ > 0 && !spend(1, expression.range())) return Value::unknown();
  if (context_.depth >= max_evaluation_depth) {
    report(rules::evaluation_limit, expression.range(),
           "expressions and what they refer to are nested too deep")
        .suggest("chains of references may have up to " +
                 std::to_string(max_evaluation_depth / (reference_depth + 1)) + " links");
    exhausted_ = true;
    return Value::unknown();
  }
  ++context_.depth;
  Value value = evaluate_kind(expression);
  --context_.depth;
  if (value.holds_sensitive()) ++sensitive_values_;
  return value;
}

Value Evaluator::evaluate_kind(Expression expression) {
  switch (expression.kind()) {
    case NodeKind::number: return evaluate_number(expression);
    case NodeKind::boolean:
      return Value::boolean(expression.data().detail == 1).with_range(expression.range());
    case NodeKind::null: return Value::null().with_range(expression.range());
    case NodeKind::string_template:
    case NodeKind::heredoc: return evaluate_template(expression);
    case NodeKind::variable:
    case NodeKind::attribute_access:
    case NodeKind::index:
    case NodeKind::legacy_index:
    case NodeKind::attribute_splat:
    case NodeKind::full_splat:
    case NodeKind::binary: return evaluate_spine(expression);
    case NodeKind::splat_item: return splat_items_.empty() ? Value::unknown() : splat_items_.back();
    case NodeKind::call: return evaluate_call(expression);
    case NodeKind::tuple: return evaluate_tuple(expression);
    case NodeKind::object: return evaluate_object(expression);
    case NodeKind::for_tuple: return evaluate_for_tuple(expression);
    case NodeKind::for_object: return evaluate_for_object(expression);
    case NodeKind::conditional: return evaluate_conditional(expression);
    case NodeKind::unary: return evaluate_unary(expression);
    case NodeKind::parentheses: return evaluate(expression.child(0));
    case NodeKind::env_reference:
      return environment_value(std::string(expression.child(0).text()), nullptr, expression.range());
    default: return Value::unknown();  // invalid: reported by the parser
  }
}

Value Evaluator::evaluate_number(Expression number) {
  if (!spend_on_long(Number::cost_of_parsing(number.text()), number.range()))
    return Value::unknown(ValueKind::number);
  auto parsed = Number::parse(number.text());
  if (parsed) return Value::number(std::move(*parsed)).with_range(number.range());
  report(rules::evaluation_limit, number.range(), std::string(to_string(parsed.error())))
      .suggest("numbers may have up to about " + std::to_string(max_decimal_exponent) + " digits");
  return Value::unknown();
}

// Operators and postfix steps nest to the left, as deep as the file is long:
// this goes from the leftmost operand outwards.
Value Evaluator::evaluate_spine(Expression expression) {
  const Spine spine = syntax::left_spine(expression);
  const Mark begin = mark();
  std::size_t next = spine.size() - 1;  // nodes from here on are done
  Value value = evaluate_leftmost(spine, next);
  while (next-- > 0) {
    const Expression node = spine[next];
    if (exhausted_ || (loops_ > 0 && !spend(1, node.range()))) return Value::unknown();
    switch (node.kind()) {
      case NodeKind::binary: value = apply_binary(node, value, begin); break;
      case NodeKind::attribute_splat:
      case NodeKind::full_splat: value = apply_splat(node, value); break;
      default: value = apply_step(node, value); break;
    }
  }
  return value;
}

Value Evaluator::evaluate_leftmost(const Spine& spine, std::size_t& next) {
  if (spine.back().kind() != NodeKind::variable) return evaluate(spine.back());
  return evaluate_traversal(spine, next);
}

Value Evaluator::evaluate_traversal(const Spine& spine, std::size_t& next) {
  if (const Value* bound = find_binding(spine.back().text())) return *bound;
  if (auto tolerated = tolerated_name(spine, next)) return std::move(*tolerated);
  const Traversal traversal = read_traversal(spine);
  auto resolution = context_.scope.resolve(traversal);
  if (!resolution) return undefined_variable(traversal);
  next -= std::min(resolution->steps, traversal.steps.size());
  return std::move(resolution->value);
}

// `env("NAME")` in place of `env.NAME`, where nothing but blanks stands between.
void Evaluator::add_env_fix(diagnostics::Diagnostic& made, Expression root, Expression name) {
  const syntax::Tree& tree = root.tree();
  const std::uint32_t begin = root.data().end;
  const std::uint32_t end = name.data().begin;
  const std::string_view between = tree.file().text().substr(begin, end - begin);
  if (tree.has_origin() || between.find_first_not_of(" \t.") != std::string_view::npos) return;
  made.fixed_by(
      diagnostics::FixSafety::safe, "write `env(\"" + std::string(name.text()) + "\")`",
      {{tree.to_source(begin, end), "(\""}, {tree.to_source(name.data().end, name.data().end), "\")"}});
}

// Names that real Honua files use and HCL does not know: `True`, `env.NAME`.
std::optional<Value> Evaluator::tolerated_name(const Spine& spine, std::size_t& next) {
  if (context_.dialect != syntax::Dialect::honua) return std::nullopt;
  const Expression root = spine.back();
  const std::string_view name = root.text();
  if (name == "env" && spine.size() > 1 && spine[next - 1].kind() == NodeKind::attribute_access) {
    const Expression access = spine[--next];
    const std::string variable(access.child(1).text());
    auto& made = report(rules::env_dot, access.range(), "`env." + variable + "` is Honua's own form");
    made.suggest("write `env(\"" + variable + "\")`");
    add_env_fix(made, root, access.child(1));
    return environment_value(variable, nullptr, access.range());
  }
  if (name.size() != 4 && name.size() != 5) return std::nullopt;
  const std::string lower = text::to_lower(name);
  if (lower != "true" && lower != "false") return std::nullopt;
  auto& made =
      report(rules::boolean_case, root.range(), "`" + std::string(name) + "` is read as `" + lower + "`");
  made.suggest("HCL takes it for a variable: write `" + lower + "`");
  // Edits are of the source: there are none for a text that stands inside of another file.
  if (!root.tree().has_origin()) {
    made.fixed_by(diagnostics::FixSafety::safe, "write `" + lower + "`", {{root.range(), lower}});
  }
  return Value::boolean(lower == "true").with_range(root.range());
}

const Value* Evaluator::find_binding(std::string_view name) const {
  const auto found = std::find_if(bindings_.rbegin(), bindings_.rend(),
                                  [&](const Binding& one) { return one.name == name; });
  return found == bindings_.rend() ? nullptr : &found->value;
}

namespace {

// `DATABASE_URL`: as environment variables are called, and nothing in a configuration is.
bool is_called_like_environment(std::string_view name) {
  constexpr std::size_t shortest = 3;
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  return name.size() >= shortest && std::ranges::all_of(name, fits);
}

// `public.roads`; nothing where there are brackets.
std::optional<std::string> dotted_names(const Traversal& traversal) {
  // What other tools have under these names is no text.
  constexpr std::array<std::string_view, 6> others = {"local", "each", "module", "data", "self", "path"};
  if (std::ranges::find(others, traversal.root) != others.end()) return std::nullopt;
  std::string names = traversal.root;
  for (const auto& step : traversal.steps) {
    if (step.index.has_value()) return std::nullopt;
    names += "." + step.name;
  }
  return names;
}

}  // namespace

Value Evaluator::undefined_variable(const Traversal& traversal) {
  auto& made = report(rules::undefined_variable, traversal.root_range,
                      "there is no variable named `" + traversal.root + "`");
  if (!deserves_words(made)) return Value::unknown();
  std::vector<std::string> names = context_.scope.root_names();
  for (const Binding& binding : bindings_) names.emplace_back(binding.name);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  if (traversal.root == "env") {
    made.suggest("to read an environment variable, write `env(\"NAME\")`");
  } else if (traversal.steps.empty() && is_called_like_environment(traversal.root)) {
    made.suggest("to read the environment variable, write `env(\"" + traversal.root + "\")`");
  } else if (const auto near = text::suggest(traversal.root, candidates)) {
    made.did_you_mean(*near, traversal.root);
  } else if (traversal.steps.empty()) {
    made.suggest("to mean text, put it in quotes: `\"" + traversal.root + "\"`");
  } else if (const auto dotted = dotted_names(traversal)) {
    made.suggest("to mean text, put it in quotes: `\"" + *dotted + "\"`");
  }
  return Value::unknown();
}

diagnostics::Diagnostic& Evaluator::report(const diagnostics::Rule& rule, source::SourceRange range,
                                           std::string message) {
  // A loop finds the same fault in each turn.
  if (loops_ > 0 && !said_in_loops_.emplace(&rule, range.begin, range.end).second) return repeated_ = {};
  diagnostics::Diagnostic& made = findings_.emplace_back();
  made.rule = &rule;
  made.severity = rule.severity;
  made.range = range;
  made.message = std::move(message);
  return made;
}

bool Evaluator::deserves_words(const diagnostics::Diagnostic& made) const {
  return &made != &repeated_ && findings_.size() <= diagnostics::max_diagnostics &&
         !context_.sink.is_unheard(*made.rule, made.severity);
}

Evaluator::Mark Evaluator::mark() const { return {findings_.size(), asked_.size()}; }

bool Evaluator::has_errors_since(Mark begin) const {
  return std::any_of(
      findings_.begin() + static_cast<std::ptrdiff_t>(begin.findings), findings_.end(),
      [](const diagnostics::Diagnostic& one) { return one.severity == diagnostics::Severity::error; });
}

void Evaluator::drop_errors(Mark begin, Mark end) {
  const auto first = findings_.begin() + static_cast<std::ptrdiff_t>(begin.findings);
  const auto last = findings_.begin() + static_cast<std::ptrdiff_t>(end.findings);
  const auto kept = std::remove_if(first, last, [this](const diagnostics::Diagnostic& one) {
    const bool dropped = one.severity == diagnostics::Severity::error && one.rule != &rules::evaluation_limit;
    if (dropped) said_in_loops_.erase({one.rule, one.range.begin, one.range.end});
    return dropped;
  });
  findings_.erase(kept, last);
}

void Evaluator::forget(Mark begin, Mark end, bool not_needed) {
  drop_errors(begin, end);
  for (std::size_t i = begin.asked; not_needed && i < end.asked; ++i) asked_[i].is_needed = false;
}

bool Evaluator::spend(std::uint64_t amount, source::SourceRange range) {
  if (exhausted_) return false;
  if (budget_.charge(amount)) return true;
  report(rules::evaluation_limit, range, "this expression takes too much work")
      .suggest("loops inside of loops multiply: make the collections smaller");
  exhausted_ = true;
  return false;
}

bool Evaluator::spend_on_long(std::size_t cost, source::SourceRange range) {
  return cost <= 1 || spend(cost, range);
}

bool Evaluator::spend_on(const Value& value, source::SourceRange range) {
  return spend_on_long(value.weight(), range);
}

Value Evaluator::limited(Value value, source::SourceRange range) {
  if (exhausted_) return Value::unknown();
  if (value.weight() > max_value_weight) {
    report(rules::evaluation_limit, range, "this value is too large")
        .suggest("a value may hold up to " + std::to_string(max_value_weight) + " others");
    return Value::unknown();
  }
  if (value.depth() > max_value_depth) {
    report(rules::evaluation_limit, range, "this value is nested too deep")
        .suggest("collections may be nested up to " + std::to_string(max_value_depth) + " levels");
    return Value::unknown();
  }
  return value;
}

Value evaluate(syntax::Expression expression, EvaluationContext& context) {
  return Evaluator(context).run(expression);
}

bool spend_on_copy(const Value& value, source::SourceRange range, EvaluationContext& context) {
  const std::size_t weight = value.weight();
  if (weight <= 1) return true;  // such values are bounded by the file's size
  const std::uint64_t cost = weight * copy_cost;
  if (cost <= context.work_left) {
    context.work_left -= cost;
    return true;
  }
  context.sink.report(rules::evaluation_limit, range, "all computed values together are too large")
      .suggest("a value counts at each place that refers to it: make the largest ones smaller");
  return false;
}

EvaluatedAttribute evaluate(syntax::Attribute attribute, EvaluationContext& context) {
  const syntax::Expression expression = attribute.expression();
  return {attribute.name(), attribute.name_range(), expression.range(), evaluate(expression, context)};
}

}  // namespace honua::evaluation
