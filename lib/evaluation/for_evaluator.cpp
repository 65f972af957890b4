// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"

// `for` expressions and the template directive of that name: HCL native syntax
// specification, sections For Expressions and Template For Directive.
namespace honua::evaluation {

using syntax::NodeKind;
namespace flag = syntax::flag;

Evaluator::Loop Evaluator::read_loop(Expression expression) {
  const std::size_t names = expression.has(flag::has_key) ? 2 : 1;
  Loop loop{expression, std::nullopt, expression.child(names - 1).text(), expression.child(names),
            std::nullopt};
  if (names == 2) loop.key_name = expression.child(0).text();
  if (expression.kind() != NodeKind::for_directive && expression.has(flag::has_condition)) {
    loop.condition = expression.child(expression.child_count() - 1);
  }
  return loop;
}

// What to go through; nothing if there is nothing that can be gone through.
std::optional<Value> Evaluator::loop_collection(const Loop& loop) {
  Value collection = evaluate(loop.collection);
  if (collection.is_null()) {
    report(rules::invalid_iteration, loop.collection.range(), "`for` cannot go through null");
    return std::nullopt;
  }
  const ValueKind kind = collection.expected_kind();
  const bool scalar = kind == ValueKind::boolean || kind == ValueKind::number || kind == ValueKind::string;
  if (collection.is_unknown() && !scalar) return std::nullopt;
  if (collection.is_sequence() || collection.is_mapping()) return collection;
  report(rules::invalid_iteration, loop.collection.range(),
         "`for` cannot go through " + describe_kind(collection));
  return std::nullopt;
}

void Evaluator::bind(const Loop& loop, Value key, Value value) {
  if (loop.key_name) bindings_.push_back({*loop.key_name, std::move(key)});
  bindings_.push_back({loop.value_name, std::move(value)});
}

void Evaluator::unbind(const Loop& loop) {
  bindings_.pop_back();
  if (loop.key_name) bindings_.pop_back();
}

// As the reference does, looks at the condition once without values: a
// condition that cannot work is found even if there is nothing to loop over.
bool Evaluator::condition_is_sound(const Loop& loop) {
  if (!loop.condition) return true;
  const Mark begin = mark();
  bind(loop, Value::unknown(), Value::unknown());
  bool sensitive = false;
  ++loops_;
  (void)loop_condition(loop, sensitive);
  --loops_;
  unbind(loop);
  return !exhausted_ && !has_errors_since(begin);
}

// Whether the present element is taken; nothing if that is not known or after
// a finding.
std::optional<bool> Evaluator::loop_condition(const Loop& loop, bool& sensitive) {
  if (!loop.condition) return true;
  const Value value = evaluate(*loop.condition);
  sensitive = sensitive || value.is_sensitive();
  return condition_of(*loop.condition, value);
}

// Calls body() for each element that the condition lets through, with the
// variables bound. False if for some element that could not be told.
template <class Body>
bool Evaluator::iterate(const Loop& loop, const Value& collection, bool& sensitive, Body body) {
  if (!condition_is_sound(loop)) return false;
  bool known = true;
  ++loops_;
  const auto turn = [&](Value key, Value value) {
    if (exhausted_ || !spend(1, loop.expression.range())) return;
    if (collection.is_sensitive()) {
      key = std::move(key).with_sensitive(true);
      value = std::move(value).with_sensitive(true);
    }
    bind(loop, std::move(key), std::move(value));
    const auto taken = loop_condition(loop, sensitive);
    if (taken.value_or(false)) body();
    known = known && taken.has_value();
    unbind(loop);
  };
  if (collection.is_mapping()) {
    for (const Member& member : collection.members()) turn(Value::string(member.key), member.value);
  } else {
    std::int64_t position = 0;
    for (const Value& element : collection.elements()) {
      // Elements of a set are their own keys.
      turn(collection.kind() == ValueKind::set ? element : Value::number(position), element);
      ++position;
    }
  }
  --loops_;
  return known && !exhausted_;
}

Value Evaluator::evaluate_for_tuple(Expression expression) {
  const Loop loop = read_loop(expression);
  const auto collection = loop_collection(loop);
  if (!collection) return Value::unknown();
  const Expression result = expression.child(loop.key_name ? 3 : 2);
  bool sensitive = collection->is_sensitive();
  std::vector<Value> elements;
  const bool known = iterate(loop, *collection, sensitive, [&] { elements.push_back(evaluate(result)); });
  if (!known) return Value::unknown().with_sensitive(sensitive);
  Value made = Value::tuple(std::move(elements)).with_sensitive(sensitive).with_range(expression.range());
  return limited(std::move(made), expression.range());
}

// The key of a result, as text; nothing if it is not known or after a finding.
std::optional<std::string> Evaluator::loop_key(Expression key, bool& sensitive) {
  const Value value = evaluate(key);
  sensitive = sensitive || value.is_sensitive();
  if (value.is_null()) {
    report(rules::invalid_key, key.range(), "null cannot be a key");
    return std::nullopt;
  }
  if (!spend_on(value, key.range())) return std::nullopt;
  const auto name = to_string_value(value);
  if (!name) report(rules::invalid_key, key.range(), "a key is a string: " + name.error());
  if (!name || name->is_unknown()) return std::nullopt;
  return name->as_string();
}

Value Evaluator::evaluate_for_object(Expression expression) {
  const Loop loop = read_loop(expression);
  const auto collection = loop_collection(loop);
  if (!collection) return Value::unknown();
  const Expression key_place = expression.child(loop.key_name ? 3 : 2);
  const Expression value_place = expression.child(loop.key_name ? 4 : 3);
  const bool grouping = expression.has(flag::grouping);
  bool sensitive = collection->is_sensitive();
  bool keys_known = true;
  std::map<std::string, std::vector<Value>> results;
  const bool known = iterate(loop, *collection, sensitive, [&] {
    const auto key = loop_key(key_place, sensitive);
    Value value = evaluate(value_place);  // for its findings, whatever the key is
    keys_known = keys_known && key.has_value();
    if (!key) return;
    std::vector<Value>& values = results[*key];
    if (!grouping && !values.empty()) {
      report(rules::duplicate_result_key, key_place.range(),
             sensitive ? "this key comes up twice" : "the key `" + *key + "` comes up twice")
          .suggest("to collect all values under one key, write `...` behind the value");
      return;
    }
    values.push_back(std::move(value));
  });
  if (!known || !keys_known) return Value::unknown().with_sensitive(sensitive);
  std::vector<Member> members;
  members.reserve(results.size());
  for (auto& [key, values] : results) {
    members.push_back({key, grouping ? Value::tuple(std::move(values)) : std::move(values.front())});
  }
  Value made = Value::object(std::move(members)).with_sensitive(sensitive).with_range(expression.range());
  return limited(std::move(made), expression.range());
}

Value Evaluator::evaluate_for_directive(Expression directive) {
  const Loop loop = read_loop(directive);
  const auto collection = loop_collection(loop);
  if (!collection) return Value::unknown(ValueKind::string);
  const Expression content = directive.child(loop.key_name ? 3 : 2);
  bool sensitive = collection->is_sensitive();
  bool open = false;
  std::string text;
  const bool known = iterate(loop, *collection, sensitive, [&] {
    const Value part = evaluate_parts(content);
    sensitive = sensitive || part.is_sensitive();
    open = open || part.is_unknown();
    if (!open && append_text(text, part.as_string(), directive.range())) return;
    open = true;
  });
  Value made = known && !open ? Value::string(std::move(text)) : Value::unknown(ValueKind::string);
  return std::move(made).with_sensitive(sensitive);
}

}  // namespace honua::evaluation
