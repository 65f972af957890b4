// SPDX-License-Identifier: MIT
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"
#include "text/suggest.h"

// Attributes, indexes and splats: HCL native syntax specification, sections
// Index Operator, Attribute Access Operator and Splat Operators.
namespace honua::evaluation {

using syntax::NodeKind;

namespace {

bool same_types(const std::vector<Value>& values) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (type_of(values[i]) != type_of(values[0])) return false;
  }
  return true;
}

Value marked(const Value& element, const Value& source) {
  return source.is_sensitive() ? element.with_sensitive(true) : element;
}

// What is not known yet, but certainly no collection.
bool is_unknown_scalar(const Value& value) {
  const ValueKind kind = value.expected_kind();
  return value.is_unknown() &&
         (kind == ValueKind::boolean || kind == ValueKind::number || kind == ValueKind::string);
}

Value unknown_of(const Value& source) { return Value::unknown().with_sensitive(source.is_sensitive()); }

}  // namespace

Value Evaluator::apply_step(Expression step, const Value& source) {
  if (step.kind() == NodeKind::attribute_access) {
    return get_attribute(source, step.child(1).text(), step_range(step));
  }
  const Expression key = step.child(1);
  if (step.kind() == NodeKind::index) return get_element(source, evaluate(key), step_range(step));
  // `.0.1`, which reads as one number, and `.1e` have been reported by the parser.
  const std::string_view digits = key.text();
  const bool is_broken =
      digits.find('.') != std::string_view::npos || digits.back() < '0' || digits.back() > '9';
  if (is_broken) return unknown_of(source);
  return get_element(source, evaluate_number(key), step_range(step));
}

// Keys are no secret unless the whole is: then one of them was.
diagnostics::Diagnostic& Evaluator::no_such_member(const diagnostics::Rule& rule, const Value& source,
                                                   std::string_view name, source::SourceRange range) {
  const std::string what(to_string(source.kind()));
  auto& made = report(rule, range,
                      "this " + what + " has no " + (source.kind() == ValueKind::map ? "key" : "attribute") +
                          " `" + std::string(name) + "`");
  if (!source.is_sensitive() && context_.may_compare(source.members().size())) {
    std::vector<std::string_view> names;
    for (const Member& member : source.members()) names.push_back(member.key);
    if (const auto near = text::suggest(name, names)) made.did_you_mean(*near, name);
  }
  if (const auto origin = source.range()) made.label(*origin, "the " + what + " is made here");
  return made;
}

Value Evaluator::get_attribute(const Value& source, std::string_view name, source::SourceRange range) {
  if (source.is_unknown() && !is_unknown_scalar(source)) return unknown_of(source);
  if (source.is_mapping()) {
    if (const Value* found = source.find(name)) return marked(*found, source);
    no_such_member(rules::unsupported_attribute, source, name, range);
    return unknown_of(source);
  }
  if (source.is_null()) {
    report(rules::unsupported_attribute, range, "null has no attributes");
    return Value::unknown();
  }
  auto& made = report(rules::unsupported_attribute, range, describe_kind(source) + " has no attributes");
  if (source.is_sequence()) {
    made.suggest("for one element, add an index: `[0]." + std::string(name) +
                 "`; for all of them, a splat: `[*]." + std::string(name) + "`");
  }
  return unknown_of(source);
}

Value Evaluator::get_element(const Value& source, const Value& key, source::SourceRange range) {
  const bool sensitive = source.is_sensitive() || key.is_sensitive();
  if (source.is_null()) {
    report(rules::invalid_index, range, "null has no elements");
    return Value::unknown();
  }
  if (key.is_null()) {
    report(rules::invalid_index, range, "null cannot be an index");
    return Value::unknown().with_sensitive(sensitive);
  }
  const bool open = source.is_unknown() && !is_unknown_scalar(source);
  if (open || key.expected_kind() == ValueKind::unknown) return Value::unknown().with_sensitive(sensitive);
  Value found = Value::unknown();
  if (source.kind() == ValueKind::tuple || source.kind() == ValueKind::list) {
    found = get_from_sequence(source, key, range);
  } else if (source.is_mapping()) {
    found = get_from_mapping(source, key, range);
  } else {
    auto& made = report(rules::invalid_index, range, describe_kind(source) + " has no elements to index");
    if (source.kind() == ValueKind::set) made.suggest("convert the set to a list with `tolist` first");
    if (source.kind() == ValueKind::string) made.suggest("to take part of a text, call `substr`");
  }
  return sensitive ? std::move(found).with_sensitive(true) : found;
}

Value Evaluator::get_from_sequence(const Value& source, const Value& key, source::SourceRange range) {
  const auto number = to_number(key);
  if (!number) {
    report(rules::invalid_index, range,
           "an index of a " + std::string(to_string(source.kind())) + " is a number: " + number.error());
    return Value::unknown();
  }
  if (number->is_unknown()) return Value::unknown();
  const std::vector<Value>& elements = source.elements();
  const Number& index = number->as_number();
  const auto position = index.to_int64();
  if (position && *position >= 0 && static_cast<std::size_t>(*position) < elements.size()) {
    return elements[static_cast<std::size_t>(*position)];
  }
  const std::string given = key.is_sensitive() ? "the index" : "the index " + describe(*number);
  if (!index.is_integer()) {
    report(rules::invalid_index, range, given + " is no whole number")
        .suggest("division keeps fractions: round with `floor`");
  } else if (index.sign() < 0) {
    report(rules::invalid_index, range, given + " is negative")
        .suggest("indexes count from 0; to count from the end, subtract from `length`");
  } else {
    report(rules::invalid_index, range,
           given + " is beyond the end of " +
               (elements.empty() && !source.is_sensitive() ? "an empty " : "this ") +
               std::string(to_string(source.kind())))
        .suggest(source.is_sensitive() ? "how many there are is nobody's business"
                 : elements.empty()    ? "it has no elements at all"
                                       : "the last index is " + std::to_string(elements.size() - 1));
  }
  return Value::unknown();
}

Value Evaluator::get_from_mapping(const Value& source, const Value& key, source::SourceRange range) {
  if (!spend_on(key, range)) return Value::unknown();
  const auto name = to_string_value(key);
  if (!name) {
    report(rules::invalid_index, range, "a key is a string: " + name.error());
    return Value::unknown();
  }
  if (name->is_unknown()) return Value::unknown();
  if (const Value* found = source.find(name->as_string())) return *found;
  if (key.is_sensitive()) {
    report(rules::invalid_index, range, "there is no such key");
    return Value::unknown();
  }
  auto& made = no_such_member(rules::invalid_index, source, name->as_string(), range);
  if (key.kind() == ValueKind::number) made.suggest("objects and maps are indexed by name, not by position");
  return Value::unknown();
}

// Everything but a sequence counts as a sequence of one, null as an empty one.
Value Evaluator::apply_splat(Expression splat, const Value& source) {
  if (source.is_null()) return Value::tuple({}).with_range(splat.range());
  if (source.is_unknown()) return unknown_of(source);
  const std::vector<Value> items = source.is_sequence() ? source.elements() : std::vector<Value>{source};
  const Expression each = splat.child(1);
  std::vector<Value> results;
  results.reserve(items.size());
  const Mark begin = mark();
  ++loops_;
  for (const Value& item : items) {
    if (exhausted_) break;
    splat_items_.push_back(marked(item, source));
    results.push_back(evaluate(each));
    splat_items_.pop_back();
  }
  --loops_;
  if (exhausted_ || has_errors_since(begin)) return unknown_of(source);
  const bool list =
      (source.kind() == ValueKind::list || source.kind() == ValueKind::set) && same_types(results);
  Value made = list ? Value::list(std::move(results)) : Value::tuple(std::move(results));
  return limited(std::move(made).with_sensitive(source.is_sensitive()).with_range(splat.range()),
                 splat.range());
}

}  // namespace honua::evaluation
