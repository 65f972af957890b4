// SPDX-License-Identifier: MIT
#include "evaluation/value.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/assert.h"
#include "text/ascii.h"
#include "text/unicode.h"

namespace honua::evaluation {

namespace {

// What is known about everything below a collection.
struct Summary {
  std::size_t weight = 1;
  std::size_t depth = 1;
  bool holds_sensitive = false;
  bool wholly_known = true;

  void include(const Value& value) {
    const std::size_t room = std::numeric_limits<std::size_t>::max() - weight;
    weight += std::min(value.weight(), room);
    depth = std::max(depth, value.depth() + 1);
    holds_sensitive = holds_sensitive || value.holds_sensitive();
    wholly_known = wholly_known && value.is_wholly_known();
  }
};

std::string normalized(std::string text) {
  return text::ascii_end(text, 0) == text.size() ? std::move(text) : text::to_nfc(text);
}

}  // namespace

struct Value::Sequence {
  std::vector<Value> elements;
  Summary summary;
};

struct Value::Mapping {
  std::vector<Member> members;
  Summary summary;
};

std::string_view to_string(ValueKind kind) {
  switch (kind) {
    case ValueKind::null: return "null";
    case ValueKind::unknown: return "unknown";
    case ValueKind::boolean: return "bool";
    case ValueKind::number: return "number";
    case ValueKind::string: return "string";
    case ValueKind::tuple: return "tuple";
    case ValueKind::list: return "list";
    case ValueKind::set: return "set";
    case ValueKind::object: return "object";
    case ValueKind::map: return "map";
  }
  return "";
}

Value Value::unknown() { return unknown(ValueKind::unknown); }

Value Value::unknown(ValueKind kind) {
  Value made;
  made.kind_ = ValueKind::unknown;
  made.scalar_ = static_cast<std::int64_t>(kind);
  return made;
}

Value Value::boolean(bool value) {
  Value made;
  made.kind_ = ValueKind::boolean;
  made.scalar_ = value ? 1 : 0;
  return made;
}

Value Value::number(Number value) {
  Value made;
  made.kind_ = ValueKind::number;
  made.payload_ = std::move(value.big_);
  made.scalar_ = value.small_;
  return made;
}

Value Value::string(std::string text) {
  Value made;
  made.kind_ = ValueKind::string;
  made.payload_ = std::make_shared<const std::string>(normalized(std::move(text)));
  return made;
}

Value Value::make_sequence(ValueKind kind, std::vector<Value> elements) {
  auto sequence = std::make_shared<Sequence>();
  for (const Value& element : elements) sequence->summary.include(element);
  sequence->elements = std::move(elements);
  Value made;
  made.kind_ = kind;
  made.payload_ = std::move(sequence);
  return made;
}

Value Value::tuple(std::vector<Value> elements) {
  return make_sequence(ValueKind::tuple, std::move(elements));
}

Value Value::list(std::vector<Value> elements) { return make_sequence(ValueKind::list, std::move(elements)); }

Value Value::set(std::vector<Value> elements) {
  const bool known = std::all_of(elements.begin(), elements.end(),
                                 [](const Value& element) { return element.is_wholly_known(); });
  // The mark of an element moves to the set: which elements are alike would
  // tell something about it.
  const bool sensitive = std::any_of(elements.begin(), elements.end(),
                                     [](const Value& element) { return element.holds_sensitive(); });
  if (!known) return unknown(ValueKind::set).with_sensitive(sensitive);
  std::stable_sort(elements.begin(), elements.end(),
                   [](const Value& a, const Value& b) { return compare(a, b) < 0; });
  const auto duplicates = std::unique(elements.begin(), elements.end(),
                                      [](const Value& a, const Value& b) { return compare(a, b) == 0; });
  elements.erase(duplicates, elements.end());
  return make_sequence(ValueKind::set, std::move(elements)).with_sensitive(sensitive);
}

Value Value::make_mapping(ValueKind kind, std::vector<Member> members) {
  for (Member& member : members) member.key = normalized(std::move(member.key));
  const auto by_key = [](const Member& a, const Member& b) { return a.key < b.key; };
  if (!std::is_sorted(members.begin(), members.end(), by_key)) {
    std::stable_sort(members.begin(), members.end(), by_key);
  }
  // Keeps the last of each run of equal keys.
  auto mapping = std::make_shared<Mapping>();
  mapping->members.reserve(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i + 1 < members.size() && members[i].key == members[i + 1].key) continue;
    mapping->summary.include(members[i].value);
    mapping->summary.weight += members[i].key.size() / 64;
    mapping->members.push_back(std::move(members[i]));
  }
  Value made;
  made.kind_ = kind;
  made.payload_ = std::move(mapping);
  return made;
}

Value Value::object(std::vector<Member> members) {
  return make_mapping(ValueKind::object, std::move(members));
}

Value Value::map(std::vector<Member> members) { return make_mapping(ValueKind::map, std::move(members)); }

bool Value::as_boolean() const {
  HONUA_ASSERT(kind_ == ValueKind::boolean);
  return scalar_ != 0;
}

Number Value::as_number() const {
  HONUA_ASSERT(kind_ == ValueKind::number);
  Number number;
  number.big_ = std::static_pointer_cast<const Number::Big>(payload_);
  number.small_ = scalar_;
  return number;
}

const std::string& Value::as_string() const {
  HONUA_ASSERT(kind_ == ValueKind::string);
  return *static_cast<const std::string*>(payload_.get());
}

const std::vector<Value>& Value::elements() const {
  HONUA_ASSERT(is_sequence());
  return sequence().elements;
}

const std::vector<Member>& Value::members() const {
  HONUA_ASSERT(is_mapping());
  return mapping().members;
}

const Value* Value::find(std::string_view key) const {
  if (text::ascii_end(key, 0) != key.size()) {
    const std::string composed = text::to_nfc(key);
    if (composed != key) return find(composed);
  }
  const std::vector<Member>& all = members();
  const auto found =
      std::lower_bound(all.begin(), all.end(), key,
                       [](const Member& member, std::string_view wanted) { return member.key < wanted; });
  return found != all.end() && found->key == key ? &found->value : nullptr;
}

bool Value::holds_sensitive() const {
  if (sensitive_) return true;
  if (is_sequence()) return sequence().summary.holds_sensitive;
  if (is_mapping()) return mapping().summary.holds_sensitive;
  return false;
}

bool Value::is_wholly_known() const {
  if (is_unknown()) return false;
  if (is_sequence()) return sequence().summary.wholly_known;
  if (is_mapping()) return mapping().summary.wholly_known;
  return true;
}

Value Value::with_sensitive(bool sensitive) && {
  sensitive_ = sensitive;
  return std::move(*this);
}

std::optional<source::SourceRange> Value::range() const {
  if (!has_range_) return std::nullopt;
  return range_;
}

Value Value::with_range(source::SourceRange range) && {
  range_ = range;
  has_range_ = true;
  return std::move(*this);
}

std::size_t Value::weight() const {
  if (is_sequence()) return sequence().summary.weight;
  if (is_mapping()) return mapping().summary.weight;
  if (kind_ == ValueKind::string) return 1 + as_string().size() / 64;
  if (kind_ == ValueKind::number) return as_number().cost();
  return 1;
}

std::size_t Value::depth() const {
  if (is_sequence()) return sequence().summary.depth;
  if (is_mapping()) return mapping().summary.depth;
  return 0;
}

}  // namespace honua::evaluation
