// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "syntax/literals.h"
#include "syntax/tree.h"

namespace honua::config {

// What an item of a body is called.
struct ItemName {
  std::string_view text;
  source::SourceRange range;
  bool is_in_file = false;  // the text stands in the file and lives as long; else it ends with the visit
};

// The items of a body, however it is written: as a native body, as the object
// expression of an attribute or of a JSON file, or as the one value that a
// block stands for.
class BodySource {
 public:
  explicit BodySource(syntax::Body body) : node_(body.tree(), body.id()), form_(Form::native) {}
  explicit BodySource(syntax::Expression object) : node_(object), form_(Form::object) {}
  // The body `{ default = value }`.
  static BodySource default_of(syntax::Expression value) {
    BodySource made(value);
    made.form_ = Form::default_value;
    return made;
  }

  [[nodiscard]] bool is_native() const { return form_ == Form::native; }
  [[nodiscard]] source::SourceRange range() const { return node_.range(); }
  // Whether a native body begins behind a `{`: else it is missing.
  [[nodiscard]] bool has_brace() const {
    const std::uint32_t begin = range().begin;
    return begin > 0 && node_.tree().file().text()[begin - 1] == '{';
  }
  [[nodiscard]] bool is_in(source::FileId file) const { return node_.tree().file().id() == file; }

  // Calls on_attribute(ItemName, Expression) and on_block(Block) in source order. Members of a JSON object
  // are attributes. Names that are no fixed texts are passed over: they have their finding.
  template <class OnAttribute, class OnBlock>
  void visit(OnAttribute&& on_attribute, OnBlock&& on_block) const {
    const syntax::Tree& tree = node_.tree();
    if (form_ == Form::default_value) {
      on_attribute(ItemName{"default", node_.range(), true}, node_);
      return;
    }
    if (form_ == Form::native) {
      syntax::Body(tree, node_.id())
          .visit(
              [&](syntax::Attribute one) {
                if (const auto name = one.bare_name()) {
                  on_attribute(ItemName{*name, one.name_range(), true}, one.expression());
                } else {
                  const std::string decoded = one.name();
                  on_attribute(ItemName{decoded, one.name_range()}, one.expression());
                }
              },
              on_block);
      return;
    }
    for (const syntax::Expression item : node_) {
      if (item.kind() != syntax::NodeKind::object_item) continue;
      const syntax::Expression key = item.child(0);
      if (key.kind() == syntax::NodeKind::identifier) {
        on_attribute(ItemName{key.text(), key.range(), true}, item.child(1));
      } else if (const auto name = syntax::verbatim_string(key)) {
        on_attribute(ItemName{*name, key.range(), true}, item.child(1));
      } else if (key.is_plain_string()) {
        const std::string decoded = syntax::plain_string_value(key);
        on_attribute(ItemName{decoded, key.range()}, item.child(1));
      }
    }
  }

 private:
  syntax::Expression node_;
  enum class Form : std::uint8_t { native, object, default_value };
  Form form_;
};

}  // namespace honua::config
