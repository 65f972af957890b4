// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluation/value.h"

namespace honua::evaluation {

// A type of HCL's type system, which decides how values convert into each
// other. The rules are those of the reference implementation's type system,
// with one simplification: `any` never spreads, it gives way to what it meets.
struct Type {
  enum class Kind : std::uint8_t { any, boolean, number, string, list, set, map, tuple, object };

  Kind kind = Kind::any;
  std::vector<Type> parts;         // list, set, map: the element's type; tuple, object: one for each
  std::vector<std::string> names;  // object: the attributes, sorted by bytes

  [[nodiscard]] static Type any() { return {}; }
  [[nodiscard]] static Type boolean() { return {Kind::boolean, {}, {}}; }
  [[nodiscard]] static Type number() { return {Kind::number, {}, {}}; }
  [[nodiscard]] static Type string() { return {Kind::string, {}, {}}; }
  [[nodiscard]] static Type list(Type element) { return {Kind::list, {std::move(element)}, {}}; }
  [[nodiscard]] static Type set(Type element) { return {Kind::set, {std::move(element)}, {}}; }
  [[nodiscard]] static Type map(Type element) { return {Kind::map, {std::move(element)}, {}}; }

  [[nodiscard]] bool is_primitive() const {
    return kind == Kind::boolean || kind == Kind::number || kind == Kind::string;
  }
  friend bool operator==(const Type& a, const Type& b);
};

// "string", "list of number", "map of any type", "tuple", "object".
[[nodiscard]] std::string to_string(const Type& type);

// The type of a value; `any` for null and where an unknown value leaves it open.
[[nodiscard]] Type type_of(const Value& value);

// The kind that an unknown value of this type announces.
[[nodiscard]] ValueKind value_kind(const Type& type);

// Whether values of one type may convert into another. A string may still turn
// out to hold no number.
[[nodiscard]] bool can_convert(const Type& from, const Type& to);

// The type that values of all these types can be brought to, if there is one.
[[nodiscard]] std::optional<Type> unify(std::span<const Type> given);

}  // namespace honua::evaluation
