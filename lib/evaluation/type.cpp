// SPDX-License-Identifier: MIT
#include "evaluation/type.h"

#include <algorithm>
#include <utility>

namespace honua::evaluation {

namespace {

// Fills what `any` leaves open in one type from another. Where both say
// something different, the first one stands.
void complete(Type& type, const Type& other) {
  if (type.kind == Type::Kind::any) {
    type = other;
    return;
  }
  if (type.kind != other.kind || type.parts.size() != other.parts.size() || type.names != other.names) return;
  for (std::size_t i = 0; i < type.parts.size(); ++i) complete(type.parts[i], other.parts[i]);
}

bool is_complete(const Type& type) {
  if (type.kind == Type::Kind::any) return false;
  return std::all_of(type.parts.begin(), type.parts.end(), is_complete);
}

template <class Range, class ValueOf>
Type element_type(const Range& range, ValueOf value_of) {
  Type type;
  for (const auto& one : range) {
    complete(type, type_of(value_of(one)));
    if (is_complete(type)) break;
  }
  return type;
}

Type unknown_type(ValueKind kind) {
  switch (kind) {
    case ValueKind::boolean: return Type::boolean();
    case ValueKind::number: return Type::number();
    case ValueKind::string: return Type::string();
    case ValueKind::list: return Type::list(Type::any());
    case ValueKind::set: return Type::set(Type::any());
    case ValueKind::map: return Type::map(Type::any());
    default: return Type::any();
  }
}

bool is_sequence(const Type& type) {
  return type.kind == Type::Kind::list || type.kind == Type::Kind::set || type.kind == Type::Kind::tuple;
}

// The type of all parts of a tuple or object, given that `to` may leave it open.
bool parts_convert(const Type& from, const Type& to_element) {
  if (to_element.kind == Type::Kind::any) return from.parts.empty() || unify(from.parts).has_value();
  return std::all_of(from.parts.begin(), from.parts.end(),
                     [&](const Type& part) { return can_convert(part, to_element); });
}

// An object may have more attributes than are asked for, not fewer.
bool object_converts(const Type& from, const Type& to) {
  for (std::size_t i = 0; i < to.names.size(); ++i) {
    const auto found = std::lower_bound(from.names.begin(), from.names.end(), to.names[i]);
    if (found == from.names.end() || *found != to.names[i]) return false;
    const auto position = static_cast<std::size_t>(found - from.names.begin());
    if (!can_convert(from.parts[position], to.parts[i])) return false;
  }
  return true;
}

bool primitive_converts(const Type& from, const Type& to) {
  return from.kind == to.kind || from.kind == Type::Kind::string || to.kind == Type::Kind::string;
}

}  // namespace

bool operator==(const Type& a, const Type& b) {
  return a.kind == b.kind && a.parts == b.parts && a.names == b.names;
}

std::string to_string(const Type& type) {
  switch (type.kind) {
    case Type::Kind::any: return "any type";
    case Type::Kind::boolean: return "bool";
    case Type::Kind::number: return "number";
    case Type::Kind::string: return "string";
    case Type::Kind::list: return "list of " + to_string(type.parts[0]);
    case Type::Kind::set: return "set of " + to_string(type.parts[0]);
    case Type::Kind::map: return "map of " + to_string(type.parts[0]);
    case Type::Kind::tuple: return "tuple";
    case Type::Kind::object: return "object";
  }
  return "";
}

Type type_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return Type::any();
    case ValueKind::unknown: return unknown_type(value.expected_kind());
    case ValueKind::boolean: return Type::boolean();
    case ValueKind::number: return Type::number();
    case ValueKind::string: return Type::string();
    case ValueKind::list:
      return Type::list(element_type(value.elements(), [](const Value& one) { return one; }));
    case ValueKind::set:
      return Type::set(element_type(value.elements(), [](const Value& one) { return one; }));
    case ValueKind::map:
      return Type::map(element_type(value.members(), [](const Member& one) { return one.value; }));
    case ValueKind::tuple: {
      Type type{Type::Kind::tuple, {}, {}};
      type.parts.reserve(value.elements().size());
      for (const Value& element : value.elements()) type.parts.push_back(type_of(element));
      return type;
    }
    case ValueKind::object: {
      Type type{Type::Kind::object, {}, {}};
      for (const Member& member : value.members()) {
        type.names.push_back(member.key);
        type.parts.push_back(type_of(member.value));
      }
      return type;
    }
  }
  return Type::any();
}

ValueKind value_kind(const Type& type) {
  switch (type.kind) {
    case Type::Kind::any: return ValueKind::unknown;
    case Type::Kind::boolean: return ValueKind::boolean;
    case Type::Kind::number: return ValueKind::number;
    case Type::Kind::string: return ValueKind::string;
    case Type::Kind::list: return ValueKind::list;
    case Type::Kind::set: return ValueKind::set;
    case Type::Kind::map: return ValueKind::map;
    case Type::Kind::tuple: return ValueKind::tuple;
    case Type::Kind::object: return ValueKind::object;
  }
  return ValueKind::unknown;
}

bool can_convert(const Type& from, const Type& to) {
  if (from.kind == Type::Kind::any || to.kind == Type::Kind::any) return true;
  if (from.is_primitive() || to.is_primitive()) {
    return from.is_primitive() && to.is_primitive() && primitive_converts(from, to);
  }
  if (to.kind == Type::Kind::list || to.kind == Type::Kind::set) {
    if (from.kind == Type::Kind::tuple) return parts_convert(from, to.parts[0]);
    return is_sequence(from) && can_convert(from.parts[0], to.parts[0]);
  }
  if (to.kind == Type::Kind::map) {
    if (from.kind == Type::Kind::object) return parts_convert(from, to.parts[0]);
    return from.kind == Type::Kind::map && can_convert(from.parts[0], to.parts[0]);
  }
  if (to.kind == Type::Kind::tuple) {
    return from.kind == Type::Kind::tuple && from.parts.size() == to.parts.size() &&
           std::equal(from.parts.begin(), from.parts.end(), to.parts.begin(), can_convert);
  }
  if (from.kind == Type::Kind::object) return object_converts(from, to);
  return from.kind == Type::Kind::map && std::all_of(to.parts.begin(), to.parts.end(), [&](const Type& part) {
           return can_convert(from.parts[0], part);
         });
}

}  // namespace honua::evaluation
