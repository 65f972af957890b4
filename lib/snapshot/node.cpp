// SPDX-License-Identifier: MIT
#include "snapshot/node.h"

#include <charconv>
#include <map>
#include <system_error>

#include "snapshot/form.h"
#include "syntax/literals.h"

namespace honua::snapshot {

namespace {

using syntax::Expression;
using syntax::NodeKind;

NodeForm form_of_object(std::string_view first_name) {
  if (first_name == form::environment || first_name == form::text_template || first_name == form::expression)
    return NodeForm::reference;
  if (first_name == form::masked) return NodeForm::masked;
  return first_name == form::unknown ? NodeForm::unknown : NodeForm::object;
}

std::optional<double> number_of(std::string_view digits) {
  double number = 0;
  const auto [stop, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return trouble == std::errc() && stop == digits.data() + digits.size() ? std::optional(number)
                                                                         : std::nullopt;
}

// The first name of a form comes first in canonical order, but for "digest" and "default".
NodeForm form_of(Expression object) {
  for (const Expression item : object) {
    const NodeForm found = form_of_object(syntax::plain_string_value(item.child(0)));
    if (found != NodeForm::object) return found;
  }
  return NodeForm::object;
}

void write_object(Expression object, Digests digests, text::JsonWriter& json) {
  std::map<std::string, Expression> members;
  for (const Expression item : object)
    members.insert_or_assign(syntax::plain_string_value(item.child(0)), item.child(1));
  const bool hides = digests == Digests::left_out && form_of(object) != NodeForm::object;
  json.begin_object();
  for (const auto& [name, value] : members) {
    if (hides && name == form::digest) continue;
    json.key(name);
    write_canonical(value, digests, json);
  }
  json.end_object();
}

}  // namespace

void write_canonical(Expression value, Digests digests, text::JsonWriter& json) {
  switch (value.kind()) {
    case NodeKind::object: return write_object(value, digests, json);
    case NodeKind::tuple:
      json.begin_array();
      for (const Expression element : value) write_canonical(element, digests, json);
      return json.end_array();
    case NodeKind::string_template: return json.string(syntax::plain_string_value(value));
    case NodeKind::boolean: return json.boolean(value.text() == "true");
    case NodeKind::null: return json.null();
    default:
      if (const auto number = number_of(value.text())) return json.number(*number);
      return json.string(value.text());
  }
}

NodeForm Node::form() const {
  if (!value_) return NodeForm::absent;
  switch (value_->kind()) {
    case NodeKind::null: return NodeForm::null;
    case NodeKind::boolean: return NodeForm::boolean;
    case NodeKind::string_template: return NodeForm::text;
    case NodeKind::tuple: return NodeForm::list;
    case NodeKind::object: return form_of(*value_);
    default: return NodeForm::number;
  }
}

bool Node::is_undecided() const {
  const NodeForm is = form();
  if (is == NodeForm::list) {
    for (const Node& one : elements()) {
      if (one.is_undecided()) return true;
    }
  }
  return is == NodeForm::reference || is == NodeForm::masked || is == NodeForm::unknown;
}

std::optional<bool> Node::boolean() const {
  return is(NodeForm::boolean) ? std::optional(value_->text() == "true") : std::nullopt;
}

std::optional<double> Node::number() const {
  return is(NodeForm::number) ? number_of(value_->text()) : std::nullopt;
}

std::optional<std::string> Node::text() const {
  return is(NodeForm::text) ? std::optional(syntax::plain_string_value(*value_)) : std::nullopt;
}

std::optional<std::string> Node::masked_text() const { return member(form::masked).text(); }

std::optional<std::string> Node::digest() const { return member(form::digest).text(); }

std::vector<Node> Node::elements() const {
  std::vector<Node> all;
  if (!is(NodeForm::list)) return all;
  for (const Expression one : *value_) all.emplace_back(one);
  return all;
}

Node Node::member(std::string_view name) const {
  if (!value_ || value_->kind() != NodeKind::object) return {};
  for (const Expression item : *value_) {
    if (name_of(item) == name) return Node(item.child(1));
  }
  return {};
}

std::string Node::json() const {
  if (!value_) return "";
  text::JsonWriter json;
  write_canonical(*value_, Digests::left_out, json);
  return std::move(json).take();
}

bool Node::is_same_text(const Node& other) const {
  if (!value_ || !other.value_) return !value_ && !other.value_;
  return value_->text() == other.value_->text();
}

std::optional<source::SourceRange> Node::range() const {
  return value_ ? std::optional(value_->range()) : std::nullopt;
}

std::string Node::name_of(Expression item) { return syntax::plain_string_value(item.child(0)); }

std::map<std::string, std::pair<Node, Node>> members_of(const Node& a, const Node& b) {
  std::map<std::string, std::pair<Node, Node>> all;
  a.visit([&](const std::string& name, const Node& member) { all[name].first = member; });
  b.visit([&](const std::string& name, const Node& member) { all[name].second = member; });
  return all;
}

namespace {

// Of two that are the same but for their digests.
bool has_same_digests(const Node& a, const Node& b, bool& is_uncertain) {
  if (a.is_same_text(b)) return true;
  // Users' own objects may have a member of that name.
  const bool is_form = a.is_json_object() && a.form() != NodeForm::object;
  const auto mine = is_form ? a.digest() : std::nullopt;
  const auto other = is_form ? b.digest() : std::nullopt;
  if (mine && other) return *mine == *other;
  if (mine || other) {
    is_uncertain = true;
    return true;
  }
  bool is_same = true;
  const std::vector<Node> elements = a.elements();
  const std::vector<Node> others = b.elements();
  for (std::size_t i = 0; i < elements.size(); ++i)
    is_same = has_same_digests(elements[i], others[i], is_uncertain) && is_same;
  for (const auto& [name, both] : members_of(a, b))
    is_same = has_same_digests(both.first, both.second, is_uncertain) && is_same;
  return is_same;
}

}  // namespace

bool is_same(const Node& a, const Node& b, bool& is_uncertain) {
  if (a.is_same_text(b)) return true;
  if (!a.is_given() || !b.is_given() || a.json() != b.json()) return false;
  return has_same_digests(a, b, is_uncertain);
}

}  // namespace honua::snapshot
