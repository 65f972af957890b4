// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/number.h"
#include "source/source_range.h"

namespace honua::evaluation {

// The kinds of HCL's type system. Tuples and objects are what the syntax
// builds; lists, sets and maps, whose elements have one type, come from
// conversions, functions and hosts.
enum class ValueKind : std::uint8_t {
  null,
  unknown,  // what evaluation cannot know, such as an unset environment variable
  boolean,
  number,
  string,
  tuple,
  list,
  set,
  object,
  map,
};

// As in messages: "bool", "number", "string", "tuple", ...
[[nodiscard]] std::string_view to_string(ValueKind kind);

struct Member;

// An immutable value, cheap to copy: what is inside collections is shared.
//
// Each value carries three facts besides:
// - sensitive: it came from the environment or was marked so. The mark
//   spreads through every operation and function; text that leaves the program
//   must not contain the value.
// - range: where it was written. A reference keeps the range of what it refers
//   to, a computed value has that of its expression; values of hosts may have none.
// - for unknown values, the kind they will have, if that is certain.
class Value {
 public:
  Value() = default;  // null

  [[nodiscard]] static Value null() { return {}; }
  [[nodiscard]] static Value unknown();
  // One that will be of this kind: any but null and unknown.
  [[nodiscard]] static Value unknown(ValueKind kind);
  [[nodiscard]] static Value boolean(bool value);
  [[nodiscard]] static Value number(Number value);
  [[nodiscard]] static Value number(std::int64_t value) { return number(Number(value)); }
  // Strings are kept in normalization form C.
  [[nodiscard]] static Value string(std::string text);
  [[nodiscard]] static Value tuple(std::vector<Value> elements);
  // All elements must be of one type; convert() makes them so.
  [[nodiscard]] static Value list(std::vector<Value> elements);
  // Sorts and removes duplicates. Unknown as a whole if anything inside is.
  [[nodiscard]] static Value set(std::vector<Value> elements);
  // Of members with the same key the last one counts. Keys are sorted by bytes.
  [[nodiscard]] static Value object(std::vector<Member> members);
  [[nodiscard]] static Value map(std::vector<Member> members);

  [[nodiscard]] ValueKind kind() const { return kind_; }
  [[nodiscard]] bool is_null() const { return kind_ == ValueKind::null; }
  [[nodiscard]] bool is_unknown() const { return kind_ == ValueKind::unknown; }
  [[nodiscard]] bool is_sequence() const {
    return kind_ == ValueKind::tuple || kind_ == ValueKind::list || kind_ == ValueKind::set;
  }
  [[nodiscard]] bool is_mapping() const { return kind_ == ValueKind::object || kind_ == ValueKind::map; }
  // Of an unknown value: what it will be, or `unknown` where that is open.
  // Of any other value: its kind.
  [[nodiscard]] ValueKind expected_kind() const {
    return is_unknown() ? static_cast<ValueKind>(scalar_) : kind_;
  }

  // Each of these asserts that the kind fits.
  [[nodiscard]] bool as_boolean() const;
  [[nodiscard]] Number as_number() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const std::vector<Value>& elements() const;  // tuple, list, set
  [[nodiscard]] const std::vector<Member>& members() const;  // object, map; sorted by key
  // The member of an object or map, or nullptr. The key need not be normalized.
  [[nodiscard]] const Value* find(std::string_view key) const;

  [[nodiscard]] bool is_sensitive() const { return sensitive_; }
  // This value or anything inside.
  [[nodiscard]] bool holds_sensitive() const;
  // This value and everything inside is known.
  [[nodiscard]] bool is_wholly_known() const;
  [[nodiscard]] Value with_sensitive(bool sensitive) &&;
  [[nodiscard]] Value with_sensitive(bool sensitive) const& { return Value(*this).with_sensitive(sensitive); }

  [[nodiscard]] std::optional<source::SourceRange> range() const;
  [[nodiscard]] Value with_range(source::SourceRange range) &&;
  [[nodiscard]] Value with_range(source::SourceRange range) const& { return Value(*this).with_range(range); }

  // How much walking through the value costs: 1 for each value inside, plus
  // one for each 64 bytes of text, more for long numbers. Shared parts count each time they occur.
  [[nodiscard]] std::size_t weight() const;
  // 0 for scalars, one more for each level of collections.
  [[nodiscard]] std::size_t depth() const;

 private:
  struct Sequence;
  struct Mapping;
  static Value make_sequence(ValueKind kind, std::vector<Value> elements);
  static Value make_mapping(ValueKind kind, std::vector<Member> members);

  [[nodiscard]] const Sequence& sequence() const { return *static_cast<const Sequence*>(payload_.get()); }
  [[nodiscard]] const Mapping& mapping() const { return *static_cast<const Mapping*>(payload_.get()); }

  // A text, a big number, a Sequence or a Mapping, as the kind says. (No
  // std::variant: g++ 12 takes moves of one for uses of uninitialized memory.)
  std::shared_ptr<const void> payload_;
  std::int64_t scalar_ = 0;  // a bool, a small number, or the kind that an unknown value will have
  source::SourceRange range_;
  ValueKind kind_ = ValueKind::null;
  bool has_range_ = false;
  bool sensitive_ = false;
};

// A key and its value in an object or map.
struct Member {
  std::string key;  // in normalization form C
  Value value;
};

// Whether two wholly known values are the same as HCL's `==` has it: of the
// same type, without conversion. Marks and ranges do not matter.
[[nodiscard]] bool equal(const Value& a, const Value& b);

// The same for values that may be unknown inside: nothing where that decides.
[[nodiscard]] std::optional<bool> equal_if_known(const Value& a, const Value& b);

// The order of a set's elements: by kind, null last, then by value, strings
// by bytes.
[[nodiscard]] std::strong_ordering compare(const Value& a, const Value& b);

// What dumps do about values that are marked sensitive.
enum class Secrets : std::uint8_t {
  hide,    // the text "(sensitive)" in their place
  reveal,  // for tests and for consumers that keep secrets themselves
};

// JSON on one line, members sorted by key, numbers as exact decimals, unknown
// values as the text "(unknown)".
[[nodiscard]] std::string to_json(const Value& value, Secrets secrets = Secrets::hide);

// Appends a JSON string in quotes.
void append_json_string(std::string& out, std::string_view text);

// A value for a message: short, and never the text of a sensitive one.
[[nodiscard]] std::string describe(const Value& value);
// "a string", "a tuple of 2 elements", "null": for messages that must not show it.
[[nodiscard]] std::string describe_kind(const Value& value);

}  // namespace honua::evaluation
