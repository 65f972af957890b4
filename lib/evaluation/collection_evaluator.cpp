// SPDX-License-Identifier: MIT
#include <unordered_map>
#include <utility>

#include "evaluation/conversion.h"
#include "evaluation/evaluator_impl.h"
#include "text/mask.h"

// Tuples and objects: HCL native syntax specification, section Collection
// Values.
namespace honua::evaluation {

using syntax::NodeKind;

Value Evaluator::evaluate_tuple(Expression tuple) {
  std::vector<Value> elements;
  for (const Expression element : tuple) elements.push_back(evaluate(element));
  return limited(Value::tuple(std::move(elements)).with_range(tuple.range()), tuple.range());
}

Value Evaluator::evaluate_object(Expression object) {
  std::vector<Member> members;
  std::unordered_map<std::string, source::SourceRange> seen;  // what may be told
  bool known = true;
  bool sensitive = false;
  for (const Expression item : object) {
    if (item.kind() != NodeKind::object_item) {
      known = false;  // broken, and reported by the parser
      continue;
    }
    const Expression key = item.child(0);
    const auto name = evaluate_key(key, item.child(1));
    Value value = evaluate(item.child(1));
    if (!name || name->is_unknown()) {
      known = false;
      continue;
    }
    sensitive = sensitive || name->is_sensitive();
    // That a secret is the same as another key would tell it.
    if (!name->is_sensitive()) {
      const auto [earlier, is_new] = seen.emplace(name->as_string(), key.range());
      if (!is_new && !report_duplicate_key(key, earlier->second, name->as_string())) known = false;
    }
    // What is called like a secret is one wherever it is referred to.
    const bool is_secret = context_.marks_secret_names && text::is_name_of_secret(name->as_string());
    members.push_back(
        {name->as_string(), is_secret ? std::move(value).with_sensitive(true) : std::move(value)});
  }
  if (!known) return Value::unknown().with_sensitive(sensitive);
  Value made = Value::object(std::move(members)).with_sensitive(sensitive).with_range(object.range());
  return limited(std::move(made), object.range());
}

// The key as a string, possibly unknown; nothing after a finding.
std::optional<Value> Evaluator::evaluate_key(Expression key, Expression value) {
  if (key.kind() == NodeKind::identifier) return Value::string(std::string(key.text()));
  const auto traversal = static_traversal(key);
  if (traversal && !traversal->steps.empty()) {
    report(rules::ambiguous_key, key.range(), "this key could be a reference or a text with dots")
        .suggest("for the value it refers to, write `(" + std::string(key.text()) + ")`")
        .suggest("for the text itself, put it in quotes");
    return std::nullopt;
  }
  const Value given = evaluate(key);
  if (given.is_null()) {
    // The reference points at the value.
    report(rules::invalid_key, value.range(), "null cannot be a key").label(key.range(), "this is null");
    return std::nullopt;
  }
  if (!spend_on(given, key.range())) return std::nullopt;
  auto name = to_string_value(given);
  if (name) return std::move(*name);
  report(rules::invalid_key, key.range(), "a key is a string: " + name.error());
  return std::nullopt;
}

// Whether the object is still one: HCL's JSON specification makes the key's
// second use an error where the native form lets the last value count.
bool Evaluator::report_duplicate_key(Expression key, source::SourceRange first, const std::string& name) {
  const bool json = key.has(syntax::flag::json) && key.kind() == NodeKind::string_template;
  auto& made = report(rules::duplicate_key, key.range(), "the key `" + name + "` stands here twice");
  if (json) {
    made.severity = diagnostics::Severity::error;
    made.label(first, "first used here").suggest("remove one of them");
    return false;
  }
  made.label(first, "the value given here is lost")
      .suggest("of several values under one key only the last counts");
  return true;
}

}  // namespace honua::evaluation
