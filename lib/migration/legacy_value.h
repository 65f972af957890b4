// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/tree.h"

// Values of a legacy document, which is JSON: a tree of syntax, read as what it stands for.
namespace honua::migration {

enum class ValueKind : std::uint8_t { object, array, string, number, boolean, null };
// "an object", "a text" …
[[nodiscard]] std::string_view describe(ValueKind kind);

// A text or a member's name: the document's own bytes, unless something had to be decoded.
class LegacyName {
 public:
  explicit LegacyName(syntax::Expression string);
  [[nodiscard]] std::string_view view() const { return view_; }

 private:
  std::string_view view_;
  std::unique_ptr<const std::string> decoded_;  // what the view is of, where it is not the document
};

class LegacyValue {
 public:
  explicit LegacyValue(syntax::Expression expression) : expression_(expression) {}

  [[nodiscard]] syntax::Expression expression() const { return expression_; }
  [[nodiscard]] ValueKind kind() const;
  [[nodiscard]] syntax::NodeId id() const { return expression_.id(); }
  [[nodiscard]] source::SourceRange range() const { return expression_.range(); }
  [[nodiscard]] bool is(ValueKind wanted) const { return kind() == wanted; }
  // Of a string; of other scalars as they are written.
  [[nodiscard]] std::string text() const {
    return is(ValueKind::string) ? std::string(LegacyName(expression_).view()) : std::string(digits());
  }
  // A text without anything but blanks.
  [[nodiscard]] bool is_blank() const;
  // A number's digits, as they are written.
  [[nodiscard]] std::string_view digits() const { return expression_.text(); }
  // A whole number, also one that a text has; nothing if it is none, or beyond 64 bits.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  // A whole number of at least 1 that 32 bits hold; nothing if it is another one.
  [[nodiscard]] std::optional<std::int64_t> count() const;
  [[nodiscard]] bool boolean() const { return expression_.data().detail != 0; }
  // A truth value, also one that a text has in any case of its letters; nothing if it is none.
  [[nodiscard]] std::optional<bool> truth() const;
  // Nothing in it.
  [[nodiscard]] bool is_empty() const { return expression_.data().first_child == syntax::no_node; }

  // Calls on_element(LegacyValue) for each element of an array.
  template <class OnElement>
  void each_element(OnElement&& on_element) const {
    for (const syntax::Expression one : expression_) on_element(LegacyValue(one));
  }
  // Calls on_member(LegacyName, LegacyValue) for each member of an object.
  template <class OnMember>
  void each_named(OnMember&& on_member) const {
    for (const syntax::Expression item : expression_) {
      auto part = item.begin();
      if (part == item.end()) continue;
      const syntax::Expression name = *part;
      if (++part != item.end()) on_member(LegacyName(name), LegacyValue(*part));
    }
  }
  // Calls on_member(std::string name, LegacyValue) for each member of an object.
  template <class OnMember>
  void each_member(OnMember&& on_member) const {
    each_named(
        [&](const LegacyName& name, const LegacyValue& one) { on_member(std::string(name.view()), one); });
  }
  // Calls on_value(std::string_view name, LegacyValue) for all that is directly in an array or object; the
  // elements of an array have no name.
  template <class OnValue>
  void each_inner(OnValue&& on_value) const {
    if (is(ValueKind::array))
      each_element([&](const LegacyValue& one) { on_value(std::string_view(), one); });
    if (is(ValueKind::object))
      each_named([&](const LegacyName& name, const LegacyValue& one) { on_value(name.view(), one); });
  }

 private:
  syntax::Expression expression_;
};

// The members of an object by name, without regard to case, as the old server read them: of several that are
// called alike the last counts.
class LegacyObject {
 public:
  // Of what is no object there are none.
  explicit LegacyObject(const std::optional<LegacyValue>& value);

  // Nothing if there is no such member.
  [[nodiscard]] std::optional<LegacyValue> find(std::string_view name) const;

  // Takes those away that find() does not tell, since others are called alike, and returns them.
  [[nodiscard]] LegacyObject take_shadowed();
  [[nodiscard]] bool is_empty() const { return members_.empty(); }

  // Calls on_member(std::string_view name, LegacyValue) for each.
  template <class OnMember>
  void each(OnMember&& on_member) const {
    for (const auto& [name, value] : members_) on_member(name.view(), value);
  }

 private:
  std::vector<std::pair<LegacyName, LegacyValue>> members_;
};

// Whether two names are the same but for the case of ASCII's letters.
[[nodiscard]] bool is_same_name(std::string_view a, std::string_view b);

}  // namespace honua::migration
