// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/tree.h"
#include "text/json_writer.h"

namespace honua::snapshot {

enum class NodeForm : std::uint8_t {
  absent,  // nothing is there
  null,
  boolean,
  number,
  text,
  list,
  object,
  reference,  // made of environment variables: form::environment, form::text_template, form::expression
  masked,     // a text with a secret in it
  unknown,    // nobody could evaluate it
};

// A value in a snapshot, or none. Small, to be copied; refers to a tree, which must outlive it.
class Node {
 public:
  Node() = default;  // absent
  explicit Node(syntax::Expression value) : value_(value) {}

  [[nodiscard]] NodeForm form() const;
  [[nodiscard]] bool is(NodeForm wanted) const { return form() == wanted; }
  [[nodiscard]] bool is_given() const { return value_.has_value(); }
  // Whether it is written as an object, whatever that stands for.
  [[nodiscard]] bool is_json_object() const { return value_ && value_->kind() == syntax::NodeKind::object; }
  // Whether what it will be where the server runs is not written here.
  [[nodiscard]] bool is_undecided() const;

  // Nothing unless it is of that form.
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<double> number() const;
  [[nodiscard]] std::optional<std::string> text() const;
  // A masked text.
  [[nodiscard]] std::optional<std::string> masked_text() const;
  // What tells two masked values apart; nothing where a file does not have it.
  [[nodiscard]] std::optional<std::string> digest() const;
  [[nodiscard]] std::vector<Node> elements() const;  // of a list
  [[nodiscard]] Node member(std::string_view name) const;

  // Calls visit(name, Node) for each member of an object, in order.
  template <class Visit>
  void visit(Visit&& visit_one) const {
    if (!value_ || value_->kind() != syntax::NodeKind::object) return;
    for (const syntax::Expression item : *value_) visit_one(name_of(item), Node(item.child(1)));
  }

  // As it stands in the snapshot, digests left out; "" for none.
  [[nodiscard]] std::string json() const;
  // Whether two values are written alike.
  [[nodiscard]] bool is_same_text(const Node& other) const;
  // Where it stands in the snapshot.
  [[nodiscard]] std::optional<source::SourceRange> range() const;

 private:
  static std::string name_of(syntax::Expression item);

  std::optional<syntax::Expression> value_;
};

// Whether digests of secrets are written, too: they must not leave the process.
enum class Digests : bool { left_out, kept };

// Writes a parsed JSON value in canonical form: names in the order of their bytes, of several with one name
// the last; a number that no machine holds as the text that it is. The tree has no errors.
// The members of two objects by their names; absent where one has none.
[[nodiscard]] std::map<std::string, std::pair<Node, Node>> members_of(const Node& a, const Node& b);

void write_canonical(syntax::Expression value, Digests digests, text::JsonWriter& json);

// Whether two values are the same as far as that can be told: of masked ones, whether their digests are;
// without them, whether the rest is, which `is_uncertain` then says.
[[nodiscard]] bool is_same(const Node& a, const Node& b, bool& is_uncertain);

}  // namespace honua::snapshot
