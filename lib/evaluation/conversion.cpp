// SPDX-License-Identifier: MIT
#include "evaluation/conversion.h"

#include <utility>
#include <vector>

#include "text/unicode.h"

namespace honua::evaluation {

namespace {

tl::unexpected<std::string> expected(std::string_view wanted, const Value& found) {
  return tl::unexpected("expected " + std::string(wanted) + ", found " + describe(found));
}

// An unknown value of which the kind is certain.
tl::unexpected<std::string> unexpected_kind(std::string_view wanted, ValueKind kind) {
  const std::string_view found_article = kind == ValueKind::object ? "an " : "a ";
  return tl::unexpected("expected " + std::string(wanted) + ", found " + std::string(found_article) +
                        std::string(to_string(kind)));
}

// What `from` says besides its payload.
Value with_marks_of(Value value, const Value& from) {
  if (from.is_sensitive()) value = std::move(value).with_sensitive(true);
  if (const auto range = from.range()) value = std::move(value).with_range(*range);
  return value;
}

Value unknown_of(const Value& from, ValueKind kind) { return with_marks_of(Value::unknown(kind), from); }

std::string article(const Type& type) {
  const std::string name = to_string(type);
  return (name[0] == 'o' || name[0] == 'a' ? "an " : "a ") + name;
}

tl::expected<std::vector<Value>, std::string> convert_elements(const std::vector<Value>& elements,
                                                               const Type& type) {
  std::vector<Value> converted;
  converted.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    auto one = convert(elements[i], type);
    if (!one) return tl::unexpected("element " + std::to_string(i) + ": " + one.error());
    converted.push_back(std::move(*one));
  }
  return converted;
}

// The element type to convert to, where the wanted type leaves it open.
tl::expected<Type, std::string> settle_element(const Value& value, const Type& wanted) {
  if (wanted.parts[0].kind != Type::Kind::any) return wanted.parts[0];
  const Type type = type_of(value);
  if (type.parts.empty()) return Type::any();
  auto unified = unify(type.parts);
  if (!unified) {
    return tl::unexpected("all elements of a " + std::string(to_string(value_kind(wanted))) +
                          " must be of the same type");
  }
  return std::move(*unified);
}

Converted convert_to_sequence(const Value& value, const Type& wanted) {
  if (!value.is_sequence()) return expected(article(wanted), value);
  const auto element = settle_element(value, wanted);
  if (!element) return tl::unexpected(element.error());
  auto elements = convert_elements(value.elements(), *element);
  if (!elements) return tl::unexpected(elements.error());
  Value made =
      wanted.kind == Type::Kind::list ? Value::list(std::move(*elements)) : Value::set(std::move(*elements));
  return with_marks_of(std::move(made), value);
}

Converted convert_to_map(const Value& value, const Type& wanted) {
  if (!value.is_mapping()) return expected(article(wanted), value);
  const auto element = settle_element(value, wanted);
  if (!element) return tl::unexpected(element.error());
  std::vector<Member> members;
  members.reserve(value.members().size());
  for (const Member& member : value.members()) {
    auto one = convert(member.value, *element);
    if (!one) return tl::unexpected("element `" + member.key + "`: " + one.error());
    members.push_back({member.key, std::move(*one)});
  }
  return with_marks_of(Value::map(std::move(members)), value);
}

Converted convert_to_tuple(const Value& value, const Type& wanted) {
  if (value.kind() != ValueKind::tuple || value.elements().size() != wanted.parts.size()) {
    return expected("a tuple of " + std::to_string(wanted.parts.size()) + " elements", value);
  }
  std::vector<Value> elements;
  elements.reserve(wanted.parts.size());
  for (std::size_t i = 0; i < wanted.parts.size(); ++i) {
    auto one = convert(value.elements()[i], wanted.parts[i]);
    if (!one) return tl::unexpected("element " + std::to_string(i) + ": " + one.error());
    elements.push_back(std::move(*one));
  }
  return with_marks_of(Value::tuple(std::move(elements)), value);
}

Converted convert_to_object(const Value& value, const Type& wanted) {
  if (!value.is_mapping()) return expected("an object", value);
  std::vector<Member> members;
  members.reserve(wanted.names.size());
  for (std::size_t i = 0; i < wanted.names.size(); ++i) {
    const Value* found = value.find(wanted.names[i]);
    if (found == nullptr) return tl::unexpected("attribute `" + wanted.names[i] + "` is required");
    auto one = convert(*found, wanted.parts[i]);
    if (!one) return tl::unexpected("attribute `" + wanted.names[i] + "`: " + one.error());
    members.push_back({wanted.names[i], std::move(*one)});
  }
  return with_marks_of(Value::object(std::move(members)), value);
}

Converted convert_collection(const Value& value, const Type& type) {
  switch (type.kind) {
    case Type::Kind::list:
    case Type::Kind::set: return convert_to_sequence(value, type);
    case Type::Kind::map: return convert_to_map(value, type);
    case Type::Kind::tuple: return convert_to_tuple(value, type);
    default: return convert_to_object(value, type);
  }
}

}  // namespace

Converted to_boolean(const Value& value) {
  if (value.kind() == ValueKind::boolean || value.is_null()) return value;
  if (value.is_unknown()) {
    const ValueKind kind = value.expected_kind();
    if (kind == ValueKind::unknown || kind == ValueKind::boolean || kind == ValueKind::string) {
      return unknown_of(value, ValueKind::boolean);
    }
    return unexpected_kind("a bool", kind);
  }
  if (value.kind() != ValueKind::string) return expected("a bool", value);
  const std::string& text = value.as_string();
  if (text == "true" || text == "1") return with_marks_of(Value::boolean(true), value);
  if (text == "false" || text == "0") return with_marks_of(Value::boolean(false), value);
  auto failure = expected("a bool", value);
  const std::string lower = text::to_lower(text);
  if (!value.is_sensitive() && (lower == "true" || lower == "false"))
    return tl::unexpected(failure.value() + "; write it in lower case");
  return failure;
}

Converted to_number(const Value& value) {
  if (value.kind() == ValueKind::number || value.is_null()) return value;
  if (value.is_unknown()) {
    const ValueKind kind = value.expected_kind();
    if (kind == ValueKind::unknown || kind == ValueKind::number || kind == ValueKind::string) {
      return unknown_of(value, ValueKind::number);
    }
    return unexpected_kind("a number", kind);
  }
  if (value.kind() != ValueKind::string) return expected("a number", value);
  auto number = Number::parse(value.as_string());
  if (number) return with_marks_of(Value::number(std::move(*number)), value);
  if (number.error() == NumberError::too_large) return tl::unexpected(std::string(to_string(number.error())));
  return expected("a number", value);
}

Converted to_string_value(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
    case ValueKind::string: return value;
    case ValueKind::boolean:
      return with_marks_of(Value::string(value.as_boolean() ? "true" : "false"), value);
    case ValueKind::number: return with_marks_of(Value::string(value.as_number().to_string()), value);
    case ValueKind::unknown: {
      const ValueKind kind = value.expected_kind();
      const bool open = kind == ValueKind::unknown || kind == ValueKind::boolean ||
                        kind == ValueKind::number || kind == ValueKind::string;
      if (open) return unknown_of(value, ValueKind::string);
      return unexpected_kind("a string", kind);
    }
    default: return expected("a string", value);
  }
}

Converted convert(const Value& value, const Type& type) {
  using Kind = Type::Kind;
  switch (type.kind) {
    case Kind::any: return value;
    case Kind::boolean: return to_boolean(value);
    case Kind::number: return to_number(value);
    case Kind::string: return to_string_value(value);
    default: break;
  }
  if (value.is_null()) return value;
  if (value.is_unknown()) {
    if (can_convert(type_of(value), type)) return unknown_of(value, value_kind(type));
    return unexpected_kind(article(type), value.expected_kind());
  }
  auto converted = convert_collection(value, type);
  // What is inside of a sensitive value has no mark of its own to hide it.
  if (!converted && value.is_sensitive()) return expected(article(type), value);
  return converted;
}

}  // namespace honua::evaluation
