// SPDX-License-Identifier: MIT
#include <algorithm>

#include "evaluation/value.h"

// Equality and the order of sets.
namespace honua::evaluation {

namespace {

// False comes first.
std::strong_ordering compare_flags(bool a, bool b) { return static_cast<int>(a) <=> static_cast<int>(b); }

// Combines what is known of the parts: one difference decides.
class Verdict {
 public:
  // Returns false when the answer is settled.
  bool add(std::optional<bool> part) {
    if (!part) {
      open_ = true;
    } else if (!*part) {
      different_ = true;
    }
    return !different_;
  }
  [[nodiscard]] std::optional<bool> result() const {
    if (different_) return false;
    if (open_) return std::nullopt;
    return true;
  }

 private:
  bool open_ = false;
  bool different_ = false;
};

std::optional<bool> equal_sequences(const Value& a, const Value& b) {
  if (a.elements().size() != b.elements().size()) return false;
  Verdict verdict;
  for (std::size_t i = 0; i < a.elements().size(); ++i) {
    if (!verdict.add(equal_if_known(a.elements()[i], b.elements()[i]))) break;
  }
  return verdict.result();
}

std::optional<bool> equal_mappings(const Value& a, const Value& b) {
  if (a.members().size() != b.members().size()) return false;
  Verdict verdict;
  for (std::size_t i = 0; i < a.members().size(); ++i) {
    if (a.members()[i].key != b.members()[i].key) return false;
    if (!verdict.add(equal_if_known(a.members()[i].value, b.members()[i].value))) break;
  }
  return verdict.result();
}

std::strong_ordering compare_sequences(const Value& a, const Value& b) {
  const auto& left = a.elements();
  const auto& right = b.elements();
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (const auto order = compare(left[i], right[i]); order != 0) return order;
  }
  return left.size() <=> right.size();
}

std::strong_ordering compare_mappings(const Value& a, const Value& b) {
  const auto& left = a.members();
  const auto& right = b.members();
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (const auto order = left[i].key <=> right[i].key; order != 0) return order;
    if (const auto order = compare(left[i].value, right[i].value); order != 0) return order;
  }
  return left.size() <=> right.size();
}

}  // namespace

std::optional<bool> equal_if_known(const Value& a, const Value& b) {
  if (a.is_unknown() || b.is_unknown()) {
    const ValueKind left = a.expected_kind();
    const ValueKind right = b.expected_kind();
    // An unknown value may turn out null, so kinds settle nothing about that.
    const bool comparable = left != ValueKind::unknown && right != ValueKind::unknown &&
                            left != ValueKind::null && right != ValueKind::null;
    if (comparable && left != right) return false;
    return std::nullopt;
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::null: return true;
    case ValueKind::unknown: return std::nullopt;
    case ValueKind::boolean: return a.as_boolean() == b.as_boolean();
    case ValueKind::number: return a.as_number() == b.as_number();
    case ValueKind::string: return a.as_string() == b.as_string();
    case ValueKind::tuple:
    case ValueKind::list:
    case ValueKind::set: return equal_sequences(a, b);
    case ValueKind::object:
    case ValueKind::map: return equal_mappings(a, b);
  }
  return false;
}

bool equal(const Value& a, const Value& b) { return equal_if_known(a, b).value_or(false); }

std::strong_ordering compare(const Value& a, const Value& b) {
  // Null comes last, as in the reference.
  if (const auto order = compare_flags(a.is_null(), b.is_null()); order != 0) return order;
  if (a.kind() != b.kind()) return a.kind() <=> b.kind();
  switch (a.kind()) {
    case ValueKind::null: return std::strong_ordering::equal;
    case ValueKind::unknown: return a.expected_kind() <=> b.expected_kind();
    case ValueKind::boolean: return compare_flags(a.as_boolean(), b.as_boolean());
    case ValueKind::number: return a.as_number() <=> b.as_number();
    case ValueKind::string: return a.as_string() <=> b.as_string();
    case ValueKind::tuple:
    case ValueKind::list:
    case ValueKind::set: return compare_sequences(a, b);
    case ValueKind::object:
    case ValueKind::map: return compare_mappings(a, b);
  }
  return std::strong_ordering::equal;
}

}  // namespace honua::evaluation
